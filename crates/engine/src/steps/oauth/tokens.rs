//! The grants without a person: client credentials (RFC 6749 section 4.4) and JWT bearer (RFC 7523 section 2.1), and
//! the SSO token step.

use latchwork_model::{ClientRegistration, JwtBearerFields, OauthFields, Step};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::OauthOutcome;
use super::outputs::{Facts, outcome};
use crate::error::EngineError;
use crate::host::SsoAbsent;
use crate::http::ExchangeLog;
use crate::oauth::{Endpoint, JWT_BEARER_GRANT, OauthClient, OauthError, TokenUse, sign};
use crate::run::Run;

/// Runs a client credentials step.
pub(super) async fn client_credentials(
    run: &mut Run<'_>,
    step: &Step,
    fields: &OauthFields,
    log: &mut ExchangeLog,
) -> Result<OauthOutcome, EngineError> {
    let mut client = run.oauth_client(fields, log).await?;
    if fields.client_registration == ClientRegistration::Dynamic {
        run.register_client(&mut client, None, &["client_credentials"], log)
            .await?;
    }
    let grant = vec![("grant_type", "client_credentials".to_owned())];
    ask(run, step, client, grant, log).await
}

/// Runs a JWT bearer step.
pub(super) async fn jwt_bearer(
    run: &mut Run<'_>,
    step: &Step,
    fields: &OauthFields,
    own: &JwtBearerFields,
    log: &mut ExchangeLog,
) -> Result<OauthOutcome, EngineError> {
    let client = run.oauth_client(fields, log).await?;
    let token_url = token_endpoint(run, &client)?;
    let moment = run.engine.moment();
    let renderer = run.renderer(run.scope(), &moment);
    let mut claims = match renderer.json("claims", &Value::Object(own.claims.clone()))? {
        Value::Object(claims) => claims,
        _ => Map::new(),
    };
    let now = moment.unix_seconds();
    let mut add = |name: &str, value: Value| {
        claims.entry(name.to_owned()).or_insert(value);
    };
    if !client.id.is_empty() {
        add("iss", client.id.clone().into());
    }
    add("aud", token_url.to_string().into());
    add("iat", now.into());
    let lifetime = i64::try_from(own.lifetime_seconds.duration().as_secs()).unwrap_or(i64::MAX);
    add("exp", now.saturating_add(lifetime).into());
    let key_id = match &own.key_id {
        Some(key_id) => Some(renderer.text("key_id", key_id)?),
        None => None,
    };
    let key = Zeroizing::new(renderer.text("key", &own.key)?);
    run.secrets.add(&key);
    let assertion = sign(
        &Value::Object(claims),
        &key,
        &own.algorithm,
        key_id.as_deref(),
    )
    .map_err(|reason| EngineError::Signing {
        place: "key".to_owned(),
        reason,
    })?;
    let grant = vec![
        ("grant_type", JWT_BEARER_GRANT.to_owned()),
        ("assertion", assertion),
    ];
    ask(run, step, client, grant, log).await
}

/// Asks the token endpoint with a grant that needs nothing else.
async fn ask(
    run: &mut Run<'_>,
    step: &Step,
    client: OauthClient<'_>,
    mut grant: Vec<(&str, String)>,
    log: &mut ExchangeLog,
) -> Result<OauthOutcome, EngineError> {
    let fields = client.fields;
    let scopes = run.oauth_scopes(fields)?;
    grant.extend(run.target_parameters(fields, &scopes)?);
    let token_url = token_endpoint(run, &client)?;
    let scope = run.scope().clone();
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
    outcome(
        run,
        step,
        &reply,
        &Facts {
            client: &client,
            authorization_url: None,
            token_url: &token_url,
            redirect_uri: None,
            scopes: &scopes,
            callback: None,
        },
    )
}

/// A client's token endpoint, by the names that are there.
pub(super) fn token_endpoint(
    run: &mut Run<'_>,
    client: &OauthClient<'_>,
) -> Result<url::Url, EngineError> {
    let scope = run.scope().clone();
    token_endpoint_with(run, client, &scope)
}

/// A client's token endpoint, by these names.
pub(super) fn token_endpoint_with(
    run: &mut Run<'_>,
    client: &OauthClient<'_>,
    scope: &crate::template::Scope,
) -> Result<url::Url, EngineError> {
    let discovered = client
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.token_endpoint.clone());
    run.oauth_endpoint(
        client,
        Endpoint {
            field: "token_url",
            template: client.fields.token_url.as_ref(),
            discovered: discovered.as_ref(),
        },
        scope,
    )
}

impl Run<'_> {
    /// The scopes that a step asks for; one that renders to nothing is left out.
    pub(super) fn oauth_scopes(&self, fields: &OauthFields) -> Result<Vec<String>, EngineError> {
        let mut scopes = Vec::new();
        for (index, scope) in fields.scopes.iter().enumerate() {
            let text = self.oauth_text(&format!("scopes[{index}]"), scope, self.scope())?;
            if !text.trim().is_empty() {
                scopes.push(text.trim().to_owned());
            }
        }
        Ok(scopes)
    }

    /// `scope`, `audience` and `resource` (RFC 8707), as far as the step names them.
    pub(super) fn target_parameters(
        &self,
        fields: &OauthFields,
        scopes: &[String],
    ) -> Result<Vec<(&'static str, String)>, EngineError> {
        let mut pairs = Vec::new();
        if !scopes.is_empty() {
            let separator = fields.scope_separator.as_deref().unwrap_or(" ");
            pairs.push(("scope", scopes.join(separator)));
        }
        for (name, template) in [
            ("audience", &fields.audience),
            ("resource", &fields.resource),
        ] {
            if let Some(template) = template {
                let text = self.oauth_text(name, template, self.scope())?;
                if !text.is_empty() {
                    pairs.push((name, text));
                }
            }
        }
        Ok(pairs)
    }
}

/// Runs an SSO token step: the active single sign-on session, as the host has it.
pub(crate) async fn sso_token(run: &Run<'_>) -> Result<Map<String, Value>, EngineError> {
    let session = run
        .host()
        .sso_session()
        .await
        .map_err(|absent| match absent {
            SsoAbsent::NotSignedIn => OauthError::SsoNotSignedIn,
            SsoAbsent::NeedsYou(words) => OauthError::SsoNeedsYou { words },
            SsoAbsent::NotRenewed(words) => OauthError::SsoNotRenewed { words },
        })?;
    let mut outputs = Map::new();
    outputs.insert(
        "access_token".to_owned(),
        session.access_token.to_string().into(),
    );
    if let Some(id_token) = &session.id_token {
        outputs.insert("id_token".to_owned(), id_token.to_string().into());
    }
    outputs.insert("token_type".to_owned(), session.token_type.into());
    if let Some(expires_at) = session.expires_at {
        outputs.insert("expires_at".to_owned(), expires_at.into());
    }
    outputs.insert("claims".to_owned(), Value::Object(session.claims));
    Ok(outputs)
}
