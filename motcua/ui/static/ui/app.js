// Enhancements only: every page works without this file. No library, no state, no inline style.
(function () {
  "use strict";
  var all = function (css, root) { return Array.prototype.slice.call((root || document).querySelectorAll(css)); };
  var shown = function (el) { return el.offsetParent !== null && !el.disabled; };

  // A double press must not receive a dossier twice: after the first submit the buttons of a posting form rest.
  // They wake when the page is shown again (back button) or after 20 s, because on a bad line a request gets lost.
  function rest(form, on) {
    if (!on) delete form.dataset.sent;
    all("button, input[type=submit]", form).forEach(function (b) {
      if (on && !b.disabled) { b.disabled = true; b.dataset.rests = "1"; }
      if (!on && b.dataset.rests) { b.disabled = false; delete b.dataset.rests; }
    });
  }
  document.addEventListener("submit", function (e) {
    var form = e.target;
    if (e.defaultPrevented || form.method !== "post" || form.target || "again" in form.dataset) return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(function () { rest(form, true); }, 0); // later, so that the pressed button's name is still sent
    setTimeout(function () { rest(form, false); }, 20000);
  });
  window.addEventListener("pageshow", function () { all("form").forEach(function (f) { rest(f, false); }); });

  // Keys. accesskey="n" answers to Alt+N in every browser (Firefox alone would want Alt+Shift); data-hotkey="F2" or
  // "Ctrl+Enter" to that. No key without Alt, Ctrl or an F: somebody may be dictating. Ctrl+Enter belongs to the form in
  // which one types: a note must not send the dossier on.
  function wanted(e) {
    if (e.altKey && !e.ctrlKey && !e.metaKey && /^(Key|Digit)/.test(e.code)) {
      return '[accesskey="' + e.code.replace(/^(Key|Digit)/, "").toLowerCase() + '"]';
    }
    if (/^F\d+$/.test(e.key) && !e.altKey && !e.ctrlKey) return '[data-hotkey="' + e.key + '"]';
    if (e.ctrlKey && e.key === "Enter") return '[data-hotkey="Ctrl+Enter"]';
    return null;
  }
  document.addEventListener("keydown", function (e) {
    var css = wanted(e), form = e.ctrlKey && e.target.form, el = css && all(css, form).filter(shown)[0];
    if (!el) return;
    e.preventDefault();
    el.focus();
    if (!/^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName) || /^(checkbox|radio|submit)$/.test(el.type)) el.click();
    else if (el.select) el.select();
  });

  // Picking: <input data-pick="#results"> and <ul id="results" data-pick-list data-q="what was searched">:
  // arrows walk, Escape goes back to typing, Enter takes the first one as soon as the list answers what is typed;
  // a second Enter before that asks without scripts.
  function items(list) { return list ? all("a, button, input", list).filter(shown) : []; }
  function answers(list, el) { return list && (list.dataset.q || "").trim() === el.value.trim(); }
  function move(e, list, from) {
    var found = items(list), at = found.indexOf(from), to;
    if (e.key === "ArrowDown") to = found[at + 1];
    else if (e.key === "ArrowUp") to = at > 0 ? found[at - 1] : document.querySelector('[data-pick="#' + list.id + '"]');
    else if (e.key === "Home") to = found[0];
    else if (e.key === "End") to = found[found.length - 1];
    else if (e.key === "Escape") to = document.querySelector('[data-pick="#' + list.id + '"]');
    else return;
    e.preventDefault();
    if (to) to.focus();
  }
  document.addEventListener("keydown", function (e) {
    var el = e.target, list = el.closest && el.closest("[data-pick-list]");
    if (list && el.type !== "radio") { move(e, list, el); return; }
    if (!el.dataset || !el.dataset.pick) return;
    list = document.querySelector(el.dataset.pick);
    var found = items(list);
    if (e.key === "ArrowDown" && found[0]) { e.preventDefault(); found[0].focus(); }
    if (e.key !== "Enter" || !el.value.trim()) return;
    if (!answers(list, el)) {
      if (el.dataset.open === el.value) return;
      el.dataset.open = el.value;
    } else if (found[0]) found[0].click();
    e.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", function () {
    all("[data-open]").forEach(function (el) {
      var list = document.querySelector(el.dataset.pick), first = items(list)[0];
      if (el.dataset.open !== el.value) delete el.dataset.open;
      else if (first && answers(list, el)) first.click();
    });
  });

  // <input type="checkbox" data-tick-all="dossier"> ticks every box of that name; <output data-ticked="dossier"> counts them.
  function recount(name) {
    var boxes = all('input[type=checkbox][name="' + name + '"]').filter(function (b) { return !b.disabled; });
    var on = boxes.filter(function (b) { return b.checked; }).length;
    all('[data-ticked="' + name + '"]').forEach(function (o) { o.textContent = on; });
    all('[data-tick-all="' + name + '"]').forEach(function (b) {
      b.checked = on > 0 && on === boxes.length;
      b.indeterminate = on > 0 && on < boxes.length;
    });
  }
  document.addEventListener("change", function (e) {
    var box = e.target, name = box.dataset && box.dataset.tickAll;
    if (name) all('input[type=checkbox][name="' + name + '"]').forEach(function (b) { if (!b.disabled) b.checked = box.checked; });
    if (name || box.type === "checkbox") recount(name || box.name);
  });

  // After loading, and after htmx has put something in: boxes that need a script appear, errors get the focus.
  function wake(root) {
    all("[data-js]", root).forEach(function (el) { el.hidden = false; });
    all("[data-tick-all]", root).forEach(function (b) { recount(b.dataset.tickAll); });
    var first = all("[data-focus]", root)[0];
    if (first) first.focus();
  }
  wake();
  document.addEventListener("htmx:afterSwap", function (e) { wake(e.detail.target); });

  // What is typed into a part of a form while that part is being fetched wins over what comes.
  var asked = {}, typed = {};
  function inputs(e) { return all("input[id], textarea[id]", e.detail.target).filter(function (i) { return i.type !== "hidden"; }); }
  document.addEventListener("htmx:beforeRequest", function (e) { inputs(e).forEach(function (i) { asked[i.id] = i.value; }); });
  document.addEventListener("htmx:beforeSwap", function (e) {
    typed = {};
    inputs(e).forEach(function (i) { if (i.id in asked && asked[i.id] !== i.value) typed[i.id] = i.value; });
  });
  document.addEventListener("htmx:afterSwap", function () {
    for (var id in typed) if (document.getElementById(id)) document.getElementById(id).value = typed[id];
  });

  // An open menu closes on Escape and when one goes elsewhere.
  function close(e) {
    all("details.me[open]").forEach(function (d) {
      if (e.type === "keydown" ? e.key === "Escape" : !d.contains(e.target)) d.open = false;
    });
  }
  document.addEventListener("keydown", close);
  document.addEventListener("click", close);

  // A bad line is said, not hidden.
  var live = document.getElementById("live");
  function lost() { live.textContent = live.dataset.offline; live.hidden = false; live.scrollIntoView({ block: "nearest" }); }
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", lost);
  document.addEventListener("htmx:afterRequest", function (e) { if (e.detail.successful) live.hidden = true; });
})();
