/* Makes charts answer to a pointer: once the page is loaded and a chart comes near, its static picture gives way to a drawn one of the
   same size. Whatever fails, the static picture stays; keyboards and screen readers have the table under it. */
(function () {
  "use strict";

  var vegaAddress = document.currentScript.getAttribute("data-vega");
  var vegaLoaded = null;

  function load(address) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }

  /* Vega is large, so it is asked for only once and only when a reader comes to a chart. */
  function loadVega() {
    if (!vegaLoaded) vegaLoaded = load(vegaAddress);
    return vegaLoaded;
  }

  /* In an archived edition what a chart is drawn from lies in a file that editions share. */
  function specificationOf(figure) {
    var held = figure.querySelector("script.chart-specification");
    var kept = held.dataset.kept;
    if (!kept) return Promise.resolve(JSON.parse(held.textContent));
    return load(kept).then(function () {
      return JSON.parse(globalThis.evidenceParts[kept.split("/").pop()]);
    });
  }

  /* The layout that the page shows now; the other one is drawn when a turned screen brings it up. */
  function shownLayout(figure) {
    var boxes = Array.from(figure.querySelectorAll(".chart-layout"));
    return boxes.find(function (box) {
      return box.offsetParent !== null;
    });
  }

  function draw(figure) {
    var box = shownLayout(figure);
    if (!box || box.hasAttribute("data-drawn")) {
      return;
    }
    box.setAttribute("data-drawn", "");
    Promise.all([specificationOf(figure), loadVega()])
      .then(function (loaded) {
        return drawInto(figure, box, loaded[0]);
      })
      .catch(function () {
        box.classList.remove("is-live");
      });
  }

  function drawInto(figure, box, chart) {
    var name = box.classList.contains("chart-wide") ? "wide" : "narrow";
    var live = document.createElement("div");
    live.className = "chart-live";
    // Expressions are interpreted and not made into code, which the policy of the page forbids.
    var options = { mode: "vega-lite", renderer: "svg", actions: false, tooltip: false, hover: false, defaultStyle: false, ast: true };
    return window.evidenceVega(live, chart.layouts[name], options).then(function (result) {
        if (sameSize(live.querySelector("svg"), box.querySelector("svg"))) {
          live.querySelector("svg").setAttribute("aria-hidden", "true");
          box.appendChild(live);
          box.classList.add("is-live");
          listen(figure, live, result.view, chart);
        }
    });
  }

  /* A picture of another size would push the text about. */
  function sameSize(one, other) {
    return one.getAttribute("viewBox") === other.getAttribute("viewBox");
  }

  function listen(figure, live, view, chart) {
    var shown = null;
    function rowOf(item) {
      var datum = item && item.datum;
      return datum && Number.isInteger(datum.row) ? chart.rows[datum.row] : null;
    }
    view.addEventListener("pointermove", function (event, item) {
      var row = rowOf(item);
      if (row !== shown) {
        shown = row;
        showNote(figure, event, row);
      }
      live.style.cursor = row && recordLink(figure, row) ? "pointer" : "";
    });
    live.addEventListener("pointerleave", function () {
      shown = null;
      showNote(figure, null, null);
    });
    view.addEventListener("click", function (event, item) {
      var row = rowOf(item);
      if (row) {
        openRecord(figure, event, row);
      }
    });
  }

  /* The link in the table that leads to the mark's record; the site has given it its address. */
  function recordLink(figure, row) {
    return Array.from(figure.querySelectorAll(".chart-data a")).find(function (link) {
      return (link.dataset.evidence || "").split(" ")[1] === row.id;
    });
  }

  /* A click on a mark is a click on a link at that place, so that a card opens beside the mark and not beside the folded table. */
  function openRecord(figure, event, row) {
    var link = row.id && recordLink(figure, row);
    if (!link) {
      return;
    }
    var old = figure.querySelector("a.chart-mark-link");
    if (old) {
      old.remove();
    }
    var here = link.cloneNode(false);
    here.classList.add("chart-mark-link");
    here.setAttribute("aria-label", row.category + ": " + row.stated);
    here.tabIndex = -1;
    place(figure, here, event);
    figure.querySelector(".chart-live").parentNode.parentNode.after(here);
    showNote(figure, null, null);
    here.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, clientX: event.clientX, clientY: event.clientY }));
  }

  function place(figure, element, event) {
    var frame = figure.getBoundingClientRect();
    element.style.left = Math.round(event.clientX - frame.left) + "px";
    element.style.top = Math.round(event.clientY - frame.top) + "px";
  }

  function line(text, className) {
    var paragraph = document.createElement("p");
    paragraph.textContent = text;
    paragraph.className = className || "";
    return paragraph;
  }

  function wordsOf(row) {
    var words = [line([row.category, row.series].filter(Boolean).join(", ")), line(String(row.stated), "chart-note-stated")];
    if (row.span) {
      words.push(line("may be " + row.span));
    }
    if (row.statement) {
      words.push(line(row.statement), line([row.region, row.strength, row.disputed].filter(Boolean).join(", "), "chart-note-quiet"));
    }
    return words;
  }

  function showNote(figure, event, row) {
    var note = figure.querySelector(".chart-note");
    if (!row) {
      if (note) {
        note.remove();
      }
      return;
    }
    if (!note) {
      note = document.createElement("div");
      note.className = "chart-note";
      note.setAttribute("aria-hidden", "true");
      figure.appendChild(note);
    }
    note.replaceChildren.apply(note, wordsOf(row));
    placeNote(figure, note, event);
  }

  /* Beside the pointer, but never beyond the sides of the figure; above it where there is no room below. */
  function placeNote(figure, note, event) {
    var frame = figure.getBoundingClientRect();
    var left = Math.min(event.clientX - frame.left + 14, frame.width - note.offsetWidth - 4);
    var below = event.clientY - frame.top + 18;
    var above = event.clientY - frame.top - note.offsetHeight - 12;
    note.style.left = Math.max(4, Math.round(left)) + "px";
    note.style.top = Math.round(event.clientY + 24 + note.offsetHeight > window.innerHeight ? above : below) + "px";
  }

  function watch() {
    var figures = Array.from(document.querySelectorAll("figure.evidence-chart")).filter(function (figure) {
      return figure.querySelector("script.chart-specification");
    });
    var near = new IntersectionObserver(
      function (entries) {
        entries.forEach(function (entry) {
          entry.target.toggleAttribute("data-near", entry.isIntersecting);
          if (entry.isIntersecting) {
            draw(entry.target);
          }
        });
      },
      { rootMargin: "200px" }
    );
    var turned = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        var figure = entry.target;
        if (figure.hasAttribute("data-near")) {
          draw(figure);
        }
      });
    });
    figures.forEach(function (figure) {
      near.observe(figure);
      turned.observe(figure);
    });
  }

  /* After the text: when the page is loaded and the browser has nothing better to do. */
  function afterwards() {
    if (window.requestIdleCallback) {
      window.requestIdleCallback(watch, { timeout: 2000 });
    } else {
      window.setTimeout(watch, 200);
    }
  }

  if (document.readyState === "complete") {
    afterwards();
  } else {
    window.addEventListener("load", afterwards);
  }
})();
