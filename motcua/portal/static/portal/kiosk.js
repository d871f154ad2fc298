// The touch screen at the desk: back to the start when nobody touches it, and keys on the screen for its two boxes.
(function () {
  "use strict";
  var frame = document.querySelector("[data-start]"), timer;
  function rest() {
    clearTimeout(timer);
    timer = setTimeout(function () { location.replace(frame.dataset.start); }, frame.dataset.seconds * 1000);
  }
  ["pointerdown", "keydown", "scroll", "input"].forEach(function (kind) { addEventListener(kind, rest, { passive: true }); });
  rest();

  function key(input, label, name, act) {
    var button = document.createElement("button");
    button.type = "button";
    if (name) button.setAttribute("aria-label", name);
    button.className = "btn";
    button.textContent = label;
    button.addEventListener("click", function () { act(); input.focus(); rest(); });
    return button;
  }
  function keysFor(input) {
    var box = document.createElement("div");
    box.className = "keys";
    box.hidden = true;
    input.dataset.keys.split("").forEach(function (letter) {
      var space = letter === " ";
      box.append(key(input, space ? "␣" : letter, space && frame.dataset.space, function () { input.value += letter; }));
    });
    box.append(key(input, "⌫", frame.dataset.erase, function () { input.value = input.value.slice(0, -1); }));
    input.after(box);
    input.setAttribute("inputmode", "none"); // ours instead of the system's
    input.addEventListener("focus", function () {
      document.querySelectorAll(".keys").forEach(function (other) { other.hidden = other !== box; });
    });
  }
  document.querySelectorAll("[data-keys]").forEach(keysFor);
})();
