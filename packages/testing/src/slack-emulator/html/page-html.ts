import { Html, html } from './html.ts';

/** Slack's measures and colours, near enough to judge a layout by. */
const STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:820px;padding:16px 20px 40px;font:15px/1.46 Lato,"Helvetica Neue",Helvetica,"Liberation Sans",Arial,sans-serif;color:#1d1c1d;background:#fff}
h1{font-size:18px;margin:0 0 12px;padding-bottom:10px;border-bottom:1px solid #ddd}
h1 small,small{color:#616061;font-weight:400;font-size:12px}
h2{font-size:20px;margin:0 0 12px}
h3{font-size:18px;line-height:1.3;margin:14px 0 2px}
p{margin:2px 0}.heading{font-weight:700;margin-top:6px}
a{color:#1264a3;text-decoration:none}.dead-link{text-decoration:underline dotted}
.message{display:grid;grid-template-columns:36px 1fr;column-gap:10px;padding:6px 0}
.avatar{grid-row:1/3;width:36px;height:36px;border-radius:8px;color:#fff;font-weight:700;display:grid;place-items:center}
header{line-height:1.2}header time{color:#616061;font-size:12px;margin-left:8px}
.app{background:#e8e8e8;color:#616061;border-radius:2px;font-size:10px;font-weight:700;padding:1px 3px;margin-left:5px}
.body{min-width:0;overflow-wrap:anywhere}
.edited,.status,.stream-state,.replies,.only{color:#616061;font-size:12px}
.ephemeral{background:#f8f8f8;border-radius:8px;padding:6px 8px}
.thread{margin:2px 0 12px 18px;padding-left:28px;border-left:2px solid #ddd}
.replies{color:#1264a3;font-weight:700}
.status{font-style:italic;padding:4px 0 8px 46px}.thread .status{padding-left:46px}
.block{margin:5px 0}
.section{display:flex;gap:14px;justify-content:space-between}.words{min-width:0;flex:1}.accessory{flex:none;max-width:46%}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:6px 16px;margin-top:4px}
.actions,.context_actions{display:flex;flex-wrap:wrap;gap:8px;align-items:flex-start}
.context{color:#616061;font-size:12px;display:flex;flex-wrap:wrap;gap:4px 10px}
.pressable{display:inline-flex;flex-direction:column;gap:3px;max-width:340px}
.button{display:inline-block;align-self:flex-start;border:1px solid #bbb;border-radius:8px;padding:4px 12px;font-weight:700;font-size:13px;background:#fff}
.button.primary{background:#007a5a;border-color:#007a5a;color:#fff}
.button.danger{background:#e01e5a;border-color:#e01e5a;color:#fff}
.confirm{border:1px dashed #bbb;border-radius:6px;background:#fffbe8;font-size:12px;padding:3px 7px}.answers{white-space:nowrap;font-weight:700}
.select,.input{display:inline-flex;gap:14px;justify-content:space-between;border:1px solid #bbb;border-radius:8px;padding:4px 10px;min-width:170px;font-size:13px;background:#fff}
.input{display:block;min-height:34px;font-size:15px}.multiline{min-height:78px}
.caret{color:#616061}.placeholder{color:#8d8d8d}
.menu{margin:0;padding:4px 10px;list-style:none;border:1px solid #ddd;border-radius:8px;font-size:12px;color:#616061;max-height:96px;overflow:hidden}
.choices{list-style:none;margin:0;padding:0}.choices small{display:block;padding-left:20px}
.feedback{display:inline-flex;gap:6px;align-items:center}.thumb{border:1px solid #ddd;border-radius:12px;padding:1px 9px;color:#616061;font-size:12px}
hr{border:0;border-top:1px solid #ddd;margin:10px 0}
code{background:#f4f4f4;border:1px solid #ddd;border-radius:3px;color:#c01343;font:12px/1.5 "DejaVu Sans Mono",Menlo,Consolas,monospace;padding:1px 3px}
pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;font:12px/1.5 "DejaVu Sans Mono",Menlo,Consolas,monospace;margin:4px 0;padding:8px;white-space:pre-wrap}
blockquote{margin:4px 0;padding-left:12px;border-left:4px solid #ddd}
ul,ol{margin:3px 0;padding-left:24px}
table{border-collapse:collapse;font-size:13px;margin:4px 0}th,td{border:1px solid #ddd;padding:4px 9px;text-align:left;vertical-align:top}th{background:#f8f8f8}
.right{text-align:right}.center{text-align:center}
.mention{background:#e8f5fa;color:#1264a3;border-radius:3px;padding:0 2px}
.reactions{margin-top:4px}.reaction{background:#efefef;border-radius:12px;font-size:12px;padding:2px 8px;margin-right:4px}
.file{border:1px solid #ddd;border-radius:8px;margin:6px 0;padding:8px 10px}
.image{display:inline-grid;place-items:center;min-height:60px;min-width:140px;padding:8px 12px;background:#f4f4f4;border:1px solid #ddd;border-radius:8px;color:#616061;font-size:12px}
.context .image{min-height:0;min-width:0;padding:0 4px}
.plan,.tasks{border:1px solid #ddd;border-radius:8px}.plan{padding:6px 10px}.plan .tasks{border:0}
.tasks{list-style:none;margin:4px 0;padding:4px 10px}.task{display:flex;gap:8px;padding:3px 0}
.sign{color:#616061;width:14px;text-align:center}.complete>.sign{color:#007a5a}.error>.sign{color:#e01e5a}
.details,.output{color:#616061;font-size:13px}.sources{font-size:12px}
.modal{max-width:520px;margin:12px auto;padding:20px 24px;border:1px solid #ddd;border-radius:10px;box-shadow:0 6px 24px #0002}
.modal footer{display:flex;gap:10px;justify-content:flex-end;margin-top:18px}
.block.input{display:block;border:0;padding:0;min-height:0;margin:12px 0}label{display:block;font-weight:700;margin-bottom:4px}
.error{color:#e01e5a;font-size:13px}.task.error{color:inherit;font-size:inherit}.note,.unknown{background:#fffbe8;border-radius:6px;padding:4px 8px}
.modal .input .input,.modal .input .select{width:100%}.modal .pressable{max-width:none;display:flex}
`;

/** A page with its style and without scripts; its policy forbids to load anything. */
export function pageHtml(title: string, body: Html): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const page = html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${title}</title><style>${new Html(STYLE)}</style></head>
<body>${body}</body></html>
`;
  return page.text;
}
