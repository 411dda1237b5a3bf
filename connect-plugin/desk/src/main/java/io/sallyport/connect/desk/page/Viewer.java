package io.sallyport.connect.desk.page;

import io.sallyport.policy.principal.Principal;
import java.util.Optional;

/**
 * Who looks at a page.
 *
 * @param person who
 * @param csrf what proves that a form came from a page of this session
 * @param problem what is wrong with the server's terms, for everybody who looks
 */
public record Viewer(Principal person, String csrf, Optional<String> problem) {}
