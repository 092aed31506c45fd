// Turns <textarea data-editor> into a CodeMirror editor. The textarea stays the source of truth: it
// is what the form sends, and what is there when this script is not.
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, defaultHighlightStyle, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { forceLinting, lintGutter, linter, lintKeymap, nextDiagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, rectangularSelection } from '@codemirror/view';
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

function asks(area, summary) {
  const token = document.querySelector('meta[name=csrf]');
  return async view => {
    const text = view.state.doc.toString();
    const headers = { 'Content-Type': 'text/plain;charset=UTF-8', Accept: 'application/json' };
    if (token) headers[token.dataset.header] = token.content;
    try {
      const answer = await fetch(area.dataset.lint, { method: 'POST', headers, body: text });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
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
  summary.textContent = errors + warnings === 0 ? words.none
    : [say(errors, words.error, words.errors), say(warnings, words.warning, words.warnings)].filter(Boolean).join(', ');
  summary.dataset.tone = errors ? 'bad' : warnings ? 'warn' : 'ok';
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
      keymap.of([
        ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap,
        { key: 'Mod-]', run: indentMore }, { key: 'Mod-[', run: indentLess }, { key: 'F8', run: nextDiagnostic },
      ]),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
      EditorState.readOnly.of(area.readOnly || area.disabled),
      EditorView.updateListener.of(update => {
        if (update.docChanged) {
          area.value = view.state.doc.toString();
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
