package io.sallyport.connect.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The desk in a real browser: Debian's headless Chromium, which {@code .ci/run} installs. Pictures
 * of it are left in {@code target/pictures}; those of the documentation are copies.
 */
@Timeout(300)
final class DeskInChromiumTest {
  private static final Path PICTURES = Path.of("target", "pictures");
  private static OpenDesk desk;
  private static Chromium browser;

  @BeforeAll
  static void open() throws Exception {
    boolean isRequired = "required".equals(System.getenv("SALLYPORT_BROWSER"));
    assumeTrue(
        isRequired || Chromium.program().isPresent(),
        "There is no Chromium here: .ci/run installs Debian's chromium-headless-shell");
    Files.createDirectories(PICTURES);
    desk = new OpenDesk();
    browser = Chromium.open(Chromium.program().orElseThrow());
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
      desk.close();
    }
  }

  @BeforeEach
  void login() throws Exception {
    browser.size(1280, 900);
    browser.go(desk.address().resolve("/login"));
    browser.until("document.activeElement.id === 'token'");
    browser.type(PlayedService.token("olga"));
    browser.press("Enter");
    browser.until("document.querySelector('h1').innerText === 'Requests'");
    browser.complaints.clear();
  }

  /** A newcomer decides within a minute, and needs no mouse. */
  @Test
  void withTheKeyboardAlone_aRequestIsFoundReadAndApproved() throws Exception {
    desk.filed("older");
    ApprovalRequest request = desk.filed("study 7 on burns");
    browser.go(desk.address());
    browser.press("j");
    assertThat(browser.eval("document.activeElement.className")).isEqualTo("go");
    assertThat(browser.eval("document.activeElement.getAttribute('href')"))
        .isEqualTo("/requests/" + request.id());
    picture("queue-1280");
    browser.press("Enter");
    browser.until("location.pathname === '/requests/" + request.id() + "'");
    browser.until("document.readyState === 'complete'");
    picture("request-1280");
    browser.press("a");
    assertThat(browser.eval("document.activeElement.id")).isEqualTo("comment");
    browser.type("as agreed");
    browser.press("Enter");
    browser.until("document.querySelector('#done') !== null");
    assertThat(browser.eval("document.querySelector('#done').innerText"))
        .contains("Approved", "On record", "olga");
    assertThat(desk.requests.find(request.id()).orElseThrow().state())
        .isEqualTo(RequestState.APPROVED);
    picture("approved-1280");
  }

  @Test
  void withTheKeyboard_oneGoesToRejecting() throws Exception {
    ApprovalRequest request = desk.filed("to reject");
    browser.go(desk.address().resolve("/requests/" + request.id()));
    browser.press("r");
    assertThat(browser.eval("document.activeElement.id")).isEqualTo("reason");
    browser.eval("document.querySelector('#reason').value = 'few'");
    browser.eval("document.querySelector('#reason').form.requestSubmit()");
    browser.until("document.querySelector('#done') !== null");
    assertThat(desk.requests.find(request.id()).orElseThrow().state())
        .isEqualTo(RequestState.REJECTED);
  }

  @Test
  void aDoubleClick_decidesOnce() throws Exception {
    ApprovalRequest request = desk.filed("double click");
    browser.go(desk.address().resolve("/requests/" + request.id()));
    int before = desk.service.decisions.get();
    browser.eval(
        "(function () { var b = document.querySelector('button.approve'); b.click(); b.click(); })()");
    browser.until("document.querySelector('#done') !== null");
    assertThat(desk.service.decisions.get() - before).isOne();
  }

  @ParameterizedTest
  @CsvSource({"1280, 900", "390, 844"})
  void pages_fitTheWindow(int width, int height) throws Exception {
    ApprovalRequest request = desk.filed("fits " + "averylongword".repeat(30));
    browser.size(width, height);
    for (String path :
        new String[] {"/", "/requests/" + request.id(), "/budgets", "/activity", "/policies"}) {
      browser.go(desk.address().resolve(path));
      assertThat(browser.eval("document.documentElement.scrollWidth"))
          .as("width of %s", path)
          .isEqualTo(String.valueOf(width));
    }
    browser.go(desk.address().resolve("/requests/" + request.id()));
    picture("request-" + width + "-long");
  }

  /** Fields have labels, tables have headings, and nothing is told by colour alone. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/activity", "REQUEST"})
  void pages_areForEverybody(String path) throws Exception {
    ApprovalRequest request = desk.filed("accessible");
    browser.go(desk.address().resolve(path.replace("REQUEST", "/requests/" + request.id())));
    assertThat(
            browser.eval(
                "Array.from(document.querySelectorAll('input:not([type=hidden]), select'))"
                    + ".filter(f => !document.querySelector('label[for=\"' + f.id + '\"]')).length"))
        .isEqualTo("0");
    assertThat(browser.eval("document.querySelectorAll('main h1').length")).isEqualTo("1");
    assertThat(browser.eval("document.querySelectorAll('th:not([scope])').length")).isEqualTo("0");
    assertThat(browser.eval("document.documentElement.lang")).isEqualTo("en");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void whatOthersWrote_runsNothing_evenInABrowser() throws Exception {
    ApprovalRequest request =
        desk.filed(
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>");
    for (String path : new String[] {"/", "/requests/" + request.id()}) {
      browser.go(desk.address().resolve(path));
      assertThat(browser.eval("document.title")).doesNotContain("owned");
      assertThat(browser.eval("document.querySelectorAll('img, script').length")).isEqualTo("1");
    }
    browser.eval(
        "(function () { var s = document.createElement('script'); s.textContent = 'document.title = \"owned\"';"
            + " document.body.appendChild(s); })()");
    assertThat(browser.eval("document.title")).doesNotContain("owned");
  }

  private static void picture(String name) throws Exception {
    Files.write(PICTURES.resolve(name + ".png"), browser.picture());
  }
}
