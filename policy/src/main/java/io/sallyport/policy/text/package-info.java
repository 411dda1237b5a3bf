/**
 * What texts may be made of. Enters: a text of anybody. Leaves: whether it can be shown as it is.
 * Never: knows what the text is about.
 */
package io.sallyport.policy.text;
