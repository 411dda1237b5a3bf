// Keys for people who decide often. Everything works without this file.
"use strict";
(function () {
  var at = -1;

  function items() {
    return Array.prototype.slice.call(document.querySelectorAll(".queue .item"));
  }

  function move(step) {
    var all = items();
    if (all.length === 0) {
      return;
    }
    all.forEach(function (item) { item.classList.remove("at"); });
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].classList.add("at");
    all[at].querySelector("a.go").focus();
    all[at].scrollIntoView({ block: "nearest" });
  }

  function focus(selector) {
    var field = document.querySelector(selector);
    if (field) {
      field.focus();
      field.scrollIntoView({ block: "center" });
    }
  }

  // In a request: to the field; in the queue: to the field of the request that is marked.
  function decide(field) {
    var all = items();
    if (all.length > 0 && at >= 0) {
      window.location.href = all[at].querySelector("a.go").getAttribute("href") + "#" + field;
    } else {
      focus("#" + field);
    }
  }

  if (window.location.hash === "#comment" || window.location.hash === "#reason") {
    focus(window.location.hash);
  }

  document.addEventListener("keydown", function (event) {
    var within = event.target && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (within || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    switch (event.key) {
      case "j": move(1); break;
      case "k": move(-1); break;
      case "a": decide("comment"); break;
      case "r": decide("reason"); break;
      default: return;
    }
    event.preventDefault();
  });

  // A second click sends nothing: the server would say that it is decided already.
  Array.prototype.forEach.call(document.querySelectorAll("form.decision"), function (form) {
    form.addEventListener("submit", function (event) {
      if (form.getAttribute("data-sent")) {
        event.preventDefault();
        return;
      }
      form.setAttribute("data-sent", "yes");
      Array.prototype.forEach.call(document.querySelectorAll("form.decision button"), function (button) {
        button.disabled = true;
      });
    });
  });

  window.addEventListener("pageshow", function () {
    Array.prototype.forEach.call(document.querySelectorAll("form.decision"), function (form) {
      form.removeAttribute("data-sent");
      Array.prototype.forEach.call(form.querySelectorAll("button"), function (button) { button.disabled = false; });
    });
  });
})();
