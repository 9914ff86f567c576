// The pages that a person sees, plain enough for a script: one form a page, labelled fields, buttons that say what
// they do. A form goes back to the address that it came from.

const shown = (text) => String(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

function page(title, body) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${shown(title)}</title>
<style>
  body { font: 1rem/1.5 sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem }
  label { display: block; margin-top: 1rem }
  input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: 0.4rem }
  button { font: inherit; margin: 1rem 0.5rem 0 0; padding: 0.4rem 1rem }
</style>
</head>
<body>
<main>
<h1>${shown(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

const alert = (message) => (message ? `<p role="alert">${shown(message)}</p>` : '');

export function loginPage(client, message) {
  return page(
    'Sign in',
    `<p>to go on to <strong>${shown(client)}</strong></p>
${alert(message)}
<form method="post" autocomplete="off">
  <label for="login">User name</label>
  <input id="login" name="login" required autofocus>
  <label for="password">Password</label>
  <input id="password" name="password" type="password" required>
  <button id="sign-in" type="submit" name="decision" value="allow">Sign in</button>
  <button id="cancel" type="submit" name="decision" value="deny" formnovalidate>Cancel</button>
</form>`,
  );
}

export function consentPage(client, login, wanted) {
  const items = wanted.map((scope) => `<li>${shown(scope)}</li>`).join('\n');
  return page(
    'Allow access',
    `<p><strong>${shown(client)}</strong> asks to act for ${shown(login)}:</p>
<ul>
${items || '<li>what was allowed before</li>'}
</ul>
<form method="post">
  <button id="allow" type="submit" name="decision" value="allow" autofocus>Allow</button>
  <button id="deny" type="submit" name="decision" value="deny">Deny</button>
</form>`,
  );
}

/** `form` is the provider's own, with its hidden fields; it cannot be put in another one. */
export function userCodePage(form, message) {
  const labelled = form.replace('<input\n', '<label for="user_code">Code</label>\n<input id="user_code" ');
  return page(
    'Connect a device',
    `<p>Enter the code that the device shows.</p>
${alert(message)}
${labelled}
<button id="continue" type="submit" form="op.deviceInputForm">Continue</button>`,
  );
}

export function userCodeConfirmPage(form, client, userCode) {
  return page(
    'Connect this device?',
    `<p><strong>${shown(client)}</strong> shows the code <code>${shown(userCode)}</code>.</p>
${form}
<button id="confirm" type="submit" form="op.deviceConfirmForm" autofocus>Continue</button>
<button id="abort" type="submit" form="op.deviceConfirmForm" name="abort" value="yes">Deny</button>`,
  );
}

export function deviceConnectedPage(client) {
  return page('Device connected', `<p>${shown(client)} is signed in. This page can be closed.</p>`);
}

export function errorPage(members) {
  const lines = Object.entries(members).map(([name, value]) => `<p>${shown(name)}: ${shown(value)}</p>`);
  return page('This did not work', lines.join('\n'));
}
