// What the provider asks a person: who they are, and whether they allow what a client wants.

import { consentPage, errorPage, loginPage } from './pages.mjs';

/** Every user name has it. */
const PASSWORD = 'open sesame';
const PATH = /^\/interaction\/[\w-]+$/;
const LARGEST_FORM = 64 * 1024;

/** Answers a request to an interaction; `false` where it is for something else. */
export async function interact(provider, request, response) {
  if (!PATH.test(new URL(request.url, provider.issuer).pathname)) {
    return false;
  }
  let details;
  try {
    details = await provider.interactionDetails(request, response);
  } catch (error) {
    show(response, 400, errorPage({ error: error.error, error_description: error.error_description }));
    return true;
  }
  if (request.method !== 'POST') {
    await ask(provider, details, response);
    return true;
  }
  const form = await readForm(request);
  if (form.get('decision') === 'deny') {
    const result = { error: 'access_denied', error_description: 'The person declined' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else if (details.prompt.name === 'consent') {
    const result = { consent: { grantId: await grant(provider, details) } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  } else if (form.get('password') === PASSWORD && form.get('login')) {
    const result = { login: { accountId: form.get('login') } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    await ask(provider, details, response, 'The user name or the password is wrong.');
  }
  return true;
}

async function ask(provider, { prompt, params, session }, response, message) {
  const client = await provider.Client.find(params.client_id);
  const name = client?.clientName ?? params.client_id;
  if (prompt.name === 'login') {
    show(response, 200, loginPage(name, message));
  } else {
    const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details;
    const wanted = new Set([...missingOIDCScope, ...Object.values(missingResourceScopes).flat()]);
    show(response, 200, consentPage(name, session.accountId, [...wanted]));
  }
}

/** Grants all that was asked for. */
async function grant(provider, { prompt, params, session, grantId }) {
  const found = grantId && (await provider.Grant.find(grantId));
  const granted = found || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = prompt.details;
  if (missingOIDCScope) {
    granted.addOIDCScope(missingOIDCScope.join(' '));
  }
  if (missingOIDCClaims) {
    granted.addOIDCClaims(missingOIDCClaims);
  }
  for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
    granted.addResourceScope(resource, scopes.join(' '));
  }
  return granted.save();
}

function show(response, status, html) {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
}

async function readForm(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LARGEST_FORM) {
      throw new Error('the form is too large');
    }
  }
  return new URLSearchParams(text);
}
