/** Small enough to come along with every page; follows the reader's light or dark setting. */
export const FORM_STYLE = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1c2430;--soft:#5b6675;--line:#c9d0d9;--field:#fff;
--accent:#1f6feb;--on-accent:#fff;--bad:#c0273a;--bad-soft:#fdeef0}
@media (prefers-color-scheme:dark){:root{--page:#12161c;--card:#1b2129;--text:#e7ebf0;--soft:#a0abb8;--line:#3d4855;
--field:#141a21;--accent:#6aa5ff;--on-accent:#0b1a33;--bad:#ff8b96;--bad-soft:#3a1d22}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--page);color:var(--text);line-height:1.55;font-size:16px;
font-family:system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:36rem;margin:clamp(16px,6vh,64px) auto;padding:clamp(20px,4vw,40px);background:var(--card);
border:1px solid color-mix(in srgb,var(--line) 55%,transparent);border-radius:14px;
box-shadow:0 8px 30px rgb(0 0 0 / 6%)}
@media (max-width:38rem){main{margin:0;min-height:100vh;border:0;border-radius:0;box-shadow:none}}
h1{margin:0 0 4px;font-size:1.5rem;line-height:1.3;overflow-wrap:anywhere}
.about{margin:0 0 20px;color:var(--soft);white-space:pre-line;overflow-wrap:anywhere}
form{display:grid;gap:18px;margin-top:20px}
.field,fieldset{display:grid;gap:6px;margin:0;padding:0;border:0;min-width:0}
label,legend{font-weight:600;padding:0}
fieldset label{font-weight:400;display:flex;gap:10px;align-items:center;min-height:32px}
legend{margin-bottom:4px}
.mark{color:var(--soft);font-weight:400;font-size:.85em;margin-inline-start:6px}
input:not([type=checkbox],[type=radio]),textarea,select{width:100%;min-height:44px;padding:10px 12px;font:inherit;
color:inherit;background:var(--field);border:1px solid var(--line);border-radius:8px}
textarea{min-height:110px;resize:vertical}
input[type=file]{padding:8px}
input[type=checkbox],input[type=radio]{width:18px;height:18px;margin:0;accent-color:var(--accent);flex:none}
::placeholder{color:color-mix(in srgb,var(--soft) 80%,transparent);opacity:1}
:is(input,textarea,select,button,a):focus-visible{outline:3px solid color-mix(in srgb,var(--accent) 45%,transparent);
outline-offset:1px;border-color:var(--accent)}
[aria-invalid=true]{border-color:var(--bad)!important}
.problem{margin:0;color:var(--bad);font-size:.9rem}
.notice{margin:16px 0 0;padding:10px 14px;border-radius:8px;background:var(--bad-soft);color:var(--bad)}
button{justify-self:start;min-height:46px;padding:10px 26px;font:inherit;font-weight:600;cursor:pointer;border:0;
border-radius:8px;background:var(--accent);color:var(--on-accent)}
button:hover{filter:brightness(1.07)}
@media (max-width:38rem){button{justify-self:stretch}}
.message{margin:8px 0 0;overflow-wrap:anywhere}.message :is(p,h2,h3,ul){margin:8px 0}.message :is(h2,h3){font-size:1.05rem}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:6px 16px;margin:16px 0 0;padding:14px 16px;border-radius:8px;background:var(--page)}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.choice{display:flex;flex-wrap:wrap;gap:12px}.choice button{flex:1 1 auto}
button.second{background:none;color:var(--bad);border:1px solid var(--bad)}
.html{overflow-wrap:anywhere}.html img{max-width:100%;height:auto}
.end p{margin:8px 0 0;color:var(--soft);white-space:pre-line;overflow-wrap:anywhere}
`;
