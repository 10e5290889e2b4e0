// The table editor of a draft: draws the table, takes what was written into the form, saves it.
(() => {
  const place = document.getElementById('table-editor');
  const form = document.getElementById('draft-form');
  if (!place || !form || typeof DmnJS === 'undefined') return;
  const text = form.elements.model;
  const said = document.getElementById('draft-said');
  const open = place.dataset.open === 'yes';
  const editor = new DmnJS({ container: place, height: 480 });
  let changed = false;

  const unsaved = () => {
    changed = true;
    if (said) said.textContent = said.dataset.changed;
  };

  editor
    .importXML(text.value)
    .then(() => {
      const view = editor
        .getViews()
        .find((v) => v.type === 'decisionTable' && v.element.name === place.dataset.decision);
      return view ? editor.open(view) : undefined;
    })
    .then(() => {
      place.classList.add('drawn');
      const viewer = editor.getActiveViewer();
      if (open && viewer) viewer.on('elements.changed', unsaved);
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
    if (place.isConnected && place.classList.contains('drawn')) {
      text.value = (await editor.saveXML({ format: true })).xml;
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
