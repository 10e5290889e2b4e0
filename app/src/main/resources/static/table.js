// Decision tables, drawn: to read on a policy's page, to write on in a draft.
(() => {
  if (typeof DmnJS === 'undefined') return;

  const words = JSON.parse(document.getElementById('drawing-words')?.textContent ?? '{}');
  const word = (text, values = {}) =>
    (words[text.toLowerCase().replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')] ?? text).replace(
      /{([^}]+)}/g,
      (all, key) => values[key] ?? all,
    );
  const drawing = (container) =>
    new DmnJS({
      container,
      ...Object.fromEntries(
        ['drd', 'decisionTable', 'literalExpression'].map((view) => [
          view,
          { additionalModules: [{ translate: ['value', word] }], debounceInput: false },
        ]),
      ),
    });

  const write = (element, text) => {
    if (element && text && element.textContent !== text) element.textContent = text;
  };

  /** What the drawing itself does not translate: its heading, types, and columns with a title of ours. */
  const inOurWords = (place) => {
    place
      .querySelectorAll('.hit-policy label, .hit-policy-value, .input-variable, .output-variable, th .output-name')
      .forEach((part) => {
        write(part, word(part.textContent));
      });
    write(place.querySelector('.decision-table-name'), place.dataset.title);
    const columns = JSON.parse(place.dataset.columns ?? '[]');
    place.querySelectorAll('th.input-cell .input-label').forEach((label, i) => {
      write(label, columns[i]);
    });
    const results = place.querySelectorAll('th.output-cell .output-name, th.output-cell .output-label');
    if (results.length === 1) write(results[0], place.dataset.outcome);
  };

  /** This edition of the editor answers by callback. */
  const written = (dmn) =>
    new Promise((done, failed) => {
      dmn.saveXML({ format: true }, (problem, xml) => (problem ? failed(problem) : done(xml)));
    });

  /** What scrolls is reached by the keyboard. */
  const reachable = (place) =>
    place.querySelectorAll('.tjs-table-container:not([tabindex])').forEach((scrolls) => {
      scrolls.setAttribute('tabindex', '0');
    });

  const draw = async (dmn, text, place) => {
    await new Promise((done, failed) => {
      dmn.importXML(text, (problem) => (problem ? failed(problem) : done()));
    });
    const view = dmn
      .getViews()
      .find((v) => v.type === 'decisionTable' && v.element.name === place.dataset.decision);
    if (view && dmn.getActiveView() !== view) {
      await new Promise((done, failed) => {
        dmn.open(view, (problem) => (problem ? failed(problem) : done()));
      });
    }
    place.classList.add('drawn');
    reachable(place);
    new MutationObserver(() => reachable(place)).observe(place, { childList: true, subtree: true });
  };

  // ---- to read: the table in place of the cells of the list, with how often each rule decided

  const shown = document.getElementById('table-view');
  if (shown) {
    const place = shown.querySelector('.drawing');
    const list = document.querySelector('table.dmn');
    const hits = () => {
      list.querySelectorAll('tr[data-rule]').forEach((row) => {
        const count = row.querySelector('.hits');
        const cell = place.querySelector(`td.rule-index[data-row-id="${CSS.escape(row.dataset.rule)}"]`);
        if (!count || !cell || cell.querySelector('.hits')) return;
        const mark = document.createElement('span');
        mark.className = 'hits';
        mark.textContent = count.textContent;
        cell.append(mark);
      });
    };
    fetch(place.dataset.file)
      .then((answer) => answer.text())
      .then(async (text) => {
        shown.hidden = false;
        await draw(drawing(place), text, place);
        list.classList.add('drawn-above');
        // The drawing renders when it likes; what is added to it is added again.
        const added = () => {
          inOurWords(place);
          hits();
        };
        added();
        new MutationObserver(added).observe(place, { childList: true, subtree: true });
      })
      .catch(() => {
        shown.hidden = true;
      });
  }

  // ---- to write on: what was written goes into the form, and the form is saved

  const place = document.getElementById('table-editor');
  const form = document.getElementById('draft-form');
  if (!place || !form) return;
  const text = form.elements.model;
  const said = document.getElementById('draft-said');
  const open = place.dataset.open === 'yes';
  const editor = drawing(place);
  let changed = false;

  const unsaved = () => {
    changed = true;
    if (said) said.textContent = said.dataset.changed;
  };

  draw(editor, text.value, place)
    .then(() => {
      if (open) {
        editor.getActiveViewer()?.on('commandStack.changed', unsaved);
        place.addEventListener('input', unsaved);
      }
    })
    .catch((problem) => {
      place.textContent = String(problem.message || problem);
      form.querySelector('details').open = true;
    });

  if (!open) return;
  text.addEventListener('input', () => {
    unsaved();
    place.remove();
  });
  window.addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (place.isConnected && place.classList.contains('drawn')) {
      text.value = await written(editor);
    }
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { 'X-Editor': 'yes' },
      body: new URLSearchParams(new FormData(form)),
    });
    const words = await answer.text();
    if (answer.ok) {
      form.elements.edition.value = words;
      changed = false;
      said.textContent = said.dataset.saved;
    } else {
      said.textContent = words;
    }
  });
})();
