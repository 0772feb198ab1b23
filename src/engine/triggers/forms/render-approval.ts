import {
  fillText,
  noteBlocks,
  type ApprovalDecision,
  type ApprovalText,
  type Locale,
} from '../../../contract/index.ts';
import { FORM_TEXTS } from './form-texts.ts';
import { escape, renderDocument } from './render-page.ts';

/** The page that asks for a decision. Only sending it decides anything: mail scanners and previews open every link. */
export function renderApproval(about: ApprovalText, locale: Locale): string {
  const texts = FORM_TEXTS[locale];
  return renderDocument(
    locale,
    about.title,
    `${renderAbout(about)}
<form method="post" enctype="application/x-www-form-urlencoded">
<div class="field"><label for="comment">${escape(texts.comment)}</label><textarea id="comment" name="comment" rows="3" maxlength="10000"></textarea></div>
<div class="field"><label for="by">${escape(texts.name)}</label><input id="by" name="by" type="text" maxlength="200" autocomplete="name"></div>
<div class="choice"><button type="submit" name="decision" value="approve">${escape(texts.approve)}</button><button type="submit" name="decision" value="reject" class="second">${escape(texts.reject)}</button></div>
</form>`,
  );
}

/** The page in its place once that is decided. */
export function renderDecided(
  about: ApprovalText,
  { approved, by, comment, at }: ApprovalDecision,
  { locale, timezone }: { locale: Locale; timezone: string },
): string {
  const texts = FORM_TEXTS[locale];
  const title = approved ? texts.approvedTitle : texts.rejectedTitle;
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timezone,
  }).format(at);
  const who = by === null ? '' : fillText(texts.decidedBy, { name: by });
  return renderDocument(
    locale,
    title,
    `<div class="end" role="status"><h1>${escape(title)}</h1><p>${escape(about.title)}</p><p>${escape([who, time].filter((text) => text !== '').join(' · '))}</p>${comment && `<p>${escape(comment)}</p>`}</div>`,
  );
}

function renderAbout({ title, message, fields }: ApprovalText): string {
  const facts = fields
    .map(({ label, value }) => `<dt>${escape(label)}</dt><dd>${escape(value)}</dd>`)
    .join('');
  return `<h1>${escape(title)}</h1>${message && `<div class="message">${renderMessage(message)}</div>`}${facts && `<dl class="facts">${facts}</dl>`}`;
}

const TAGS = { h3: 'h2', h4: 'h3', p: 'p', li: 'li' } as const;

function renderMessage(markdown: string): string {
  let html = '';
  let isList = false;
  for (const { tag, pieces } of noteBlocks(markdown)) {
    if ((tag === 'li') !== isList) html += isList ? '</ul>' : '<ul>';
    isList = tag === 'li';
    const text = pieces.map(({ text: piece, strong, code }) => {
      const escaped = escape(piece);
      return strong ? `<strong>${escaped}</strong>` : code ? `<code>${escaped}</code>` : escaped;
    });
    html += `<${TAGS[tag]}>${text.join('')}</${TAGS[tag]}>`;
  }
  return isList ? `${html}</ul>` : html;
}
