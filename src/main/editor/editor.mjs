// Turns <textarea data-editor> into a CodeMirror editor. The textarea stays the source of truth: it
// is what the form sends, and what is there when this script is not.
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, defaultHighlightStyle, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { forEachDiagnostic, forceLinting, lintGutter, linter, lintKeymap, nextDiagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers, rectangularSelection } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-text)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--code-word)' },
  { tag: [tags.typeName, tags.labelName, tags.meta], color: 'var(--code-word)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '.8125rem' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.375rem', minHeight: '20rem', maxHeight: '70vh' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-3)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--sunken) 60%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-bg)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--sunken)', borderColor: 'var(--line)', color: 'var(--ink-2)' },
  '.cm-panels, .cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--edge)' },
  '.cm-tooltip': { boxShadow: 'var(--lift)', borderRadius: 'var(--r)', maxWidth: '36rem' },
  '.cm-textfield': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: 'var(--r)' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: 'var(--r)' },
  '.cm-diagnostic': { whiteSpace: 'normal', fontFamily: 'var(--sans)', padding: '.5rem .75rem' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--edge)' },
  '.cm-diagnosticAction': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)', borderRadius: 'var(--r)', font: 'inherit', cursor: 'pointer' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '.125rem .5rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { fontFamily: 'var(--sans)', fontStyle: 'normal', color: 'var(--ink-3)' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-bg)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-bg)' },
});

const severities = { ERROR: 'error', WARNING: 'warning', HINT: 'info' };

/** Lines and columns count from 1; columns are UTF-16 units, as CodeMirror counts them. */
function offset(doc, line, column) {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(at.from + Math.max(column - 1, 0), at.to);
}

function diagnostic(view, found) {
  const doc = view.state.doc;
  const from = offset(doc, found.line, found.column);
  const to = Math.max(from, offset(doc, found.endLine, found.endColumn));
  return {
    from, to, severity: severities[found.severity] ?? 'error', source: found.code,
    message: found.title + '. ' + found.detail,
    actions: found.fixes.map(fix => ({
      name: fix.title,
      apply: target => target.dispatch({
        changes: {
          from: offset(target.state.doc, fix.line, fix.column),
          to: offset(target.state.doc, fix.endLine, fix.endColumn), insert: fix.replacement,
        },
        userEvent: 'input.fix',
      }),
    })),
  };
}

function headers() {
  const token = document.querySelector('meta[name=csrf]');
  return token ? { [token.dataset.header]: token.content } : {};
}

/** Asks the server about the text; null when there is nothing to say. */
async function ask(area, address, state, position = 0) {
  const line = state.doc.lineAt(position);
  const answer = await fetch(address, {
    method: 'POST', headers: { ...headers(), 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({
      text: state.doc.toString(), environment: area.form?.elements.environment?.value ?? '',
      line: line.number, column: position - line.from + 1,
    }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.status === 204 ? null : answer.json();
}

/** Types, properties, functions, references and what the cloud has, as the server knows them. */
function completes(area) {
  return async context => {
    const word = context.matchBefore(/[\w:.$%/-]*/);
    if (!context.explicit && !word?.text && !/(?:[:,{[]|-) $/.test(context.state.doc.lineAt(context.pos).text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from))) return null;
    try {
      const found = await ask(area, area.dataset.complete, context.state, context.pos);
      if (context.aborted || !found.options.length) return null;
      const line = context.state.doc.lineAt(context.pos);
      return {
        from: line.from + found.column - 1, validFor: /^[\w:.$%/-]*$/,
        options: found.options.map(each => ({ label: each.label, detail: each.detail || undefined, type: each.kind, apply: each.apply, boost: each.boost })),
      };
    } catch {
      return null;
    }
  };
}

/** What the word under the pointer means. */
function explains(area) {
  return async (view, position) => {
    try {
      const said = await ask(area, area.dataset.explain, view.state, position);
      if (!said) return null;
      const line = view.state.doc.lineAt(position);
      return { pos: line.from + said.column - 1, end: line.from + said.endColumn - 1, above: true, create: () => ({ dom: card(said) }) };
    } catch {
      return null;
    }
  };
}

function card(said) {
  const made = document.createElement('div');
  made.className = 'editor-card';
  const head = document.createElement('p');
  const kind = document.createElement('span');
  kind.className = 'mut';
  kind.textContent = said.kind;
  const title = document.createElement('b');
  title.textContent = said.title;
  head.append(title, ' ', kind);
  made.append(head, ...said.lines.map((text, i) => {
    const line = document.createElement('p');
    line.textContent = text;
    if (said.replaces && i === said.lines.length - 1) line.className = 'warnc';
    return line;
  }));
  return made;
}

/** Mends the first mistake at the cursor, or on its line, that has a fix. */
function mend(view) {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  let best = null;
  forEachDiagnostic(view.state, (found, from, to) => {
    if (!found.actions?.length || to < line.from || from > line.to) return;
    if (!best || (from <= head && head <= to)) best = { found, from, to };
  });
  if (!best) return false;
  best.found.actions[0].apply(view, best.from, best.to);
  return true;
}

function asks(area, summary) {
  return async view => {
    const text = view.state.doc.toString();
    try {
      const found = await ask(area, area.dataset.lint, view.state);
      if (view.state.doc.toString() !== text) return [];
      tell(area, summary, found.diagnostics);
      return found.diagnostics.map(each => diagnostic(view, each));
    } catch {
      summary.textContent = area.dataset.unreachable ?? '';
      return [];
    }
  };
}

function tell(area, summary, found) {
  const count = severity => found.filter(each => each.severity === severity).length;
  const errors = count('ERROR'), warnings = count('WARNING');
  const words = summary.dataset;
  const say = (n, one, many) => n && (n === 1 ? one : many.replace('%s', n));
  const empty = area.value.trim() === '';
  summary.textContent = empty ? words.empty : errors + warnings === 0 ? words.none
    : [say(errors, words.error, words.errors), say(warnings, words.warning, words.warnings)].filter(Boolean).join(', ');
  summary.dataset.tone = errors ? 'bad' : warnings ? 'warn' : empty ? '' : 'ok';
  area.dispatchEvent(new CustomEvent('sw:linted', { bubbles: true, detail: { diagnostics: found } }));
}

/** The same marks as a list, for those who do not hover: each leads to its place and offers its fixes. */
function enumerate(view, list, found) {
  if (!list) return;
  const shown = found.filter(each => each.severity !== 'HINT').slice(0, 50);
  list.replaceChildren(...shown.map(each => {
    const item = document.createElement('li');
    item.className = each.severity === 'ERROR' ? 'bad' : 'warn';
    const place = button('lnk', list.dataset.line.replace('%s', each.line), () => show(view, each));
    item.append(place, ' ', strong(each.title), ' ', each.detail);
    for (const fix of diagnostic(view, each).actions) {
      item.append(' ', button('btn', fix.name, () => { fix.apply(view); view.focus(); }));
    }
    return item;
  }));
}

function button(style, text, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = style;
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

function strong(text) {
  const made = document.createElement('b');
  made.textContent = text + '.';
  return made;
}

function show(view, place) {
  const at = offset(view.state.doc, place.line, place.column);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  view.focus();
}

/**
 * A text area loses line ends; what is pasted in place of everything keeps its own: one letter each
 * goes along with the form, n for LF, r for CR LF, c for CR.
 */
function remember(area, event, view) {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  const { from, to } = view.state.selection.main;
  if (!text || from !== 0 || to !== view.state.doc.length) return;
  const ends = (text.match(/\r\n|\r|\n/g) ?? []).map(end => ({ '\r\n': 'r', '\r': 'c' })[end] ?? 'n').join('');
  const field = area.form?.querySelector('[name=newlines]') ?? document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'newlines', value: ends });
  area.form?.append(field);
}

/** Keeps what is typed on the server, a moment after the last key and when the page is left. */
function saves(form) {
  const state = form.querySelector('[data-draft-state]');
  let timer = null, dirty = false;
  const save = async leaving => {
    clearTimeout(timer);
    timer = null;
    if (!dirty || form.dataset.sent) return;
    dirty = false;
    const body = new FormData(form);
    for (const field of form.querySelectorAll('input[type=password], input[type=file]')) body.delete(field.name);
    try {
      const answer = await fetch(form.dataset.draft, { method: 'POST', headers: headers(), body, keepalive: leaving && JSON.stringify([...body]).length < 60000 });
      if (!answer.ok) throw new Error(String(answer.status));
      const { at } = await answer.json();
      if (state) state.textContent = at ? form.dataset.saved.replace('%s', at) : '';
    } catch {
      dirty = true;
      if (state) state.textContent = form.dataset.unsaved;
      timer ??= setTimeout(save, 10000);
    }
  };
  form.addEventListener('input', () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1200); });
  document.addEventListener('visibilitychange', () => { if (document.hidden) save(true); });
  addEventListener('pagehide', () => save(true));
}

function enhance(area) {
  if (area.dataset.ready) return;
  area.dataset.ready = 'true';
  const summary = area.closest('.editor')?.querySelector('[data-lint-summary]') ?? document.createElement('p');
  const nonce = document.querySelector('meta[name=csp-nonce]')?.content ?? '';
  const label = area.labels?.[0]?.textContent.trim() || area.getAttribute('aria-label') || 'Template';
  const view = new EditorView({
    doc: area.value,
    extensions: [
      EditorView.cspNonce.of(nonce),
      lineNumbers(), foldGutter(), codeFolding(), history(), drawSelection(), rectangularSelection(),
      EditorState.allowMultipleSelections.of(true), indentOnInput(), indentUnit.of('  '), bracketMatching(),
      highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(), search({ top: true }),
      yaml(), syntaxHighlighting(colours), syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
      area.dataset.lint ? [lintGutter(), linter(asks(area, summary), { delay: 350 })] : [],
      area.dataset.complete ? autocompletion({ override: [completes(area)], activateOnTypingDelay: 120 }) : [],
      area.dataset.explain ? hoverTooltip(explains(area), { hoverTime: 350 }) : [],
      EditorView.domEventHandlers({ paste: (event, target) => { remember(area, event, target); return false; } }),
      keymap.of([
        { key: 'Mod-.', run: mend }, ...completionKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap,
        { key: 'Mod-]', run: indentMore }, { key: 'Mod-[', run: indentLess }, { key: 'F8', run: nextDiagnostic },
      ]),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
      EditorState.readOnly.of(area.readOnly || area.disabled),
      EditorView.updateListener.of(update => {
        if (update.docChanged) {
          area.value = view.state.doc.toString();
          if (!area.value) area.form?.querySelector('[name=newlines]')?.remove();
          area.dispatchEvent(new Event('input', { bubbles: true }));
        }
      }),
      look,
    ],
  });
  area.hidden = true;
  area.after(view.dom);
  // A page may put another text in, such as a starter, or show a place.
  area.addEventListener('sw:text', event => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: event.detail } }));
  area.addEventListener('sw:show', event => show(view, event.detail));
  area.labels?.forEach(each => each.addEventListener('click', () => view.focus()));
  const list = area.closest('.editor')?.querySelector('[data-lint-list]');
  area.addEventListener('sw:linted', event => enumerate(view, list, event.detail.diagnostics));
  area.form?.addEventListener('reset', () => requestAnimationFrame(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.defaultValue } })));
  if (area.dataset.lint) forceLinting(view);
}

const all = root => root.querySelectorAll?.('textarea[data-editor]').forEach(enhance);
all(document);
document.addEventListener('htmx:load', event => all(event.target));
document.querySelectorAll('form[data-draft]').forEach(saves);
