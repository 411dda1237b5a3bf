/**
 * The number of distinct privacy units of a group enters; whether the group's key may be shown
 * leaves, at a price that does not depend on data. A strategy shows a key that no unit brought
 * never. Nothing here ever shows a key because of a bare exact threshold.
 */
package io.sallyport.dp.selection;
