//! The authorization code grant (RFC 6749 section 4.1) with PKCE (RFC 7636), in the system browser (RFC 8252).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchwork_model::{ClientRegistration, OauthFields, Origin, PkceMethod, Step};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::Value;
use url::Url;

use super::OauthOutcome;
use super::browser::{Visit, callback_error, visit};
use super::outputs::{Facts, outcome};
use super::tokens::token_endpoint_with;
use crate::error::{EngineError, shown};
use crate::http::ExchangeLog;
use crate::oauth::{
    Callback, Endpoint, Expected, OauthClient, OauthError, RedirectWay, TokenUse, override_pairs,
};
use crate::run::Run;

/// What only this authorization knows.
struct Secrets {
    state: String,
    verifier: PkceCodeVerifier,
    nonce: Option<String>,
}

/// Runs an authorization code step; without a method there is no PKCE, which the builder chose.
pub(super) async fn run(
    run: &mut Run<'_>,
    step: &Step,
    fields: &OauthFields,
    method: Option<PkceMethod>,
    log: &mut ExchangeLog,
) -> Result<OauthOutcome, EngineError> {
    let mut client = run.oauth_client(fields, log).await?;
    let authorization_url = authorization_endpoint(run, &client)?;
    let scopes = run.oauth_scopes(fields)?;
    let fixed = match &fields.redirect_uri {
        Some(address) => Some(run.oauth_text("redirect_uri", address, run.scope())?)
            .filter(|address| !address.is_empty()),
        None => None,
    };
    // Held until the tokens are here: a page that is loaded again meanwhile is answered.
    let way = RedirectWay::open(
        run.redirect_override().unwrap_or(fields.redirect),
        fixed,
        run.host().deep_link_address(),
        run.engine.authorizations(),
    )
    .await?;
    if fields.client_registration == ClientRegistration::Dynamic {
        let grants = ["authorization_code", "refresh_token"];
        run.register_client(&mut client, Some(&way.redirect_uri), &grants, log)
            .await?;
    }
    let secrets = Secrets {
        state: random(run),
        verifier: PkceCodeVerifier::new(random(run)),
        nonce: scopes
            .iter()
            .any(|scope| scope == "openid")
            .then(|| random(run)),
    };
    let url = authorization_address(
        run,
        &client,
        &authorization_url,
        &scopes,
        &way,
        method,
        &secrets,
    )?;
    let expected = Expected {
        redirect_uri: way.redirect_uri.clone(),
        issuer: client
            .metadata
            .as_ref()
            .map(|metadata| metadata.issuer.clone()),
        issuer_promised: client
            .metadata
            .as_ref()
            .is_some_and(|metadata| metadata.authorization_response_iss_parameter_supported),
        state_names: client.callback_names("state"),
        code_names: match &fields.code_param {
            Some(name) => vec![name.clone()],
            None => client.callback_names("code"),
        },
    };
    let callback = visit(
        run,
        Visit {
            step,
            url,
            state: secrets.state.clone(),
            way: &way,
            expected,
        },
    )
    .await?;
    let (code, others) = match callback {
        Callback::Code { code, others } => (code, others),
        Callback::Error { error, description } => {
            return Err(callback_error(&error, description.as_deref()));
        }
    };
    run.host().tell(crate::event::RunEvent::BrowserReturned {
        step: step.id.clone(),
    });
    let mut scope = run.scope().clone();
    scope.set("callback", Value::Object(others.clone()));
    let token_url = token_endpoint_with(run, &client, &scope)?;
    let mut grant = vec![
        ("grant_type", "authorization_code".to_owned()),
        ("code", code.to_string()),
        ("redirect_uri", way.redirect_uri.clone()),
    ];
    if method.is_some() {
        grant.push(("code_verifier", secrets.verifier.secret().clone()));
    }
    if let Some(resource) = &fields.resource {
        let resource = run.oauth_text("resource", resource, run.scope())?;
        if !resource.is_empty() {
            grant.push(("resource", resource));
        }
    }
    let reply = run
        .send_to_provider(
            &client,
            (&token_url, "token"),
            grant,
            TokenUse::Grant,
            &scope,
            log,
        )
        .await?;
    let outcome = outcome(
        run,
        step,
        &reply,
        &Facts {
            client: &client,
            authorization_url: Some(&authorization_url),
            token_url: &token_url,
            redirect_uri: Some(&way.redirect_uri),
            scopes: &scopes,
            callback: Some(&others),
        },
    )?;
    if let Some(id_token) = outcome.outputs.get("id_token").and_then(Value::as_str)
        && (secrets.nonce.is_some() || client.metadata.is_some())
    {
        let id_token = id_token.to_owned();
        run.check_step_id_token(&client, &id_token, secrets.nonce.as_deref())
            .await?;
    }
    Ok(outcome)
}

/// 256 random bits as text that needs no encoding anywhere (SAFETY Z1).
fn random(run: &Run<'_>) -> String {
    let mut bytes = [0; 32];
    run.engine.fill_random(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The authorization endpoint: what a browser is sent to is a web address, and https unless it is on this machine or
/// the builder allows its origin by name (SAFETY Z7).
fn authorization_endpoint(run: &mut Run<'_>, client: &OauthClient<'_>) -> Result<Url, EngineError> {
    let discovered = client
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.authorization_endpoint.clone());
    let scope = run.scope().clone();
    let url = run.oauth_address(
        client,
        Endpoint {
            field: "authorization_url",
            template: client.fields.authorization_url.as_ref(),
            discovered: discovered.as_ref(),
        },
        &scope,
    )?;
    let allowed = match (url.scheme(), Origin::of(&url)) {
        ("https", Some(_)) => true,
        ("http", Some(origin)) => {
            origin.is_loopback()
                || run
                    .connector
                    .allowed_origins
                    .iter()
                    .any(|entry| entry.trim_end_matches('/') == origin.to_string())
        }
        _ => false,
    };
    if allowed && url.username().is_empty() && url.password().is_none() {
        return Ok(url);
    }
    Err(OauthError::BrowserAddress {
        place: "authorization_url".to_owned(),
        address: shown(&url),
    }
    .into())
}

/// The address that the browser is sent to (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
fn authorization_address(
    run: &Run<'_>,
    client: &OauthClient<'_>,
    endpoint: &Url,
    scopes: &[String],
    way: &RedirectWay,
    method: Option<PkceMethod>,
    secrets: &Secrets,
) -> Result<Url, EngineError> {
    let mut standard = vec![
        ("response_type", "code".to_owned()),
        ("client_id", client.id.clone()),
        ("redirect_uri", way.redirect_uri.clone()),
    ];
    standard.extend(run.target_parameters(client.fields, scopes)?);
    standard.push(("state", secrets.state.clone()));
    if let Some(method) = method {
        let challenge = match method {
            PkceMethod::S256 => PkceCodeChallenge::from_code_verifier_sha256(&secrets.verifier)
                .as_str()
                .to_owned(),
            // Only where the builder chose it; the checker warns.
            PkceMethod::Plain => secrets.verifier.secret().clone(),
        };
        let name = match method {
            PkceMethod::S256 => "S256",
            PkceMethod::Plain => "plain",
        };
        standard.push(("code_challenge", challenge));
        standard.push(("code_challenge_method", name.to_owned()));
    }
    if let Some(nonce) = &secrets.nonce {
        standard.push(("nonce", nonce.clone()));
    }
    let ours: Vec<String> = ["state", "code_challenge", "code_challenge_method", "nonce"]
        .iter()
        .map(|name| client.name(name))
        .collect();
    let mut pairs = client.named(standard);
    let moment = run.engine.moment();
    let more = crate::request::render_parameters(
        &client.fields.authorize_params,
        "authorize_params",
        &run.renderer(run.scope(), &moment),
    )?;
    override_pairs(&mut pairs, more, &ours);
    let mut draft = crate::request::Draft::to(endpoint.clone());
    for (name, value) in pairs {
        draft.add_query(&name, &value);
    }
    Ok(draft.url)
}
