//! Who signed in, as far as the ID token does not say: some providers tell name and address at their userinfo endpoint
//! alone (OpenID Connect Core 1.0 section 5.3). Only for a person to be shown; nothing goes by it.

use std::time::Duration;

use latchwork_engine::{Attempt, CachedOutputs, Call, Metadata, RunInput};
use latchwork_model::{Parameter, Request, Template};
use serde_json::{Map, Value};

use super::client::{SSO_STEP, SsoClient, text};
use super::session::claims;
use crate::sign_out::NobodyThere;
use crate::studio::Studio;

/// The output that it is kept under, beside the tokens.
const USERINFO: &str = "userinfo";
/// What is shown of a person.
const SHOWN: [&str; 3] = ["name", "preferred_username", "email"];
/// A provider that takes longer has not said it; the sign-in does not wait for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known of a person: the ID token's claims, and what was asked for beside them.
pub(super) fn known(outputs: &CachedOutputs) -> Map<String, Value> {
    let mut known = claims(outputs);
    let asked = outputs
        .outputs
        .get(SSO_STEP)
        .and_then(|step| step.get(USERINFO)?.as_object());
    for (name, value) in asked.into_iter().flatten() {
        known.entry(name.clone()).or_insert_with(|| value.clone());
    }
    known
}

/// A renewed session is the same person's: what was asked for stays.
pub(super) fn carry_over(before: &CachedOutputs, renewed: &mut CachedOutputs) {
    let asked = before
        .outputs
        .get(SSO_STEP)
        .and_then(|step| step.get(USERINFO));
    if let (Some(asked), Some(step)) = (asked, renewed.outputs.get_mut(SSO_STEP)) {
        step.insert(USERINFO.to_owned(), asked.clone());
    }
}

impl Studio {
    /// Asks who signed in, where the ID token does not say and the provider has a place to ask.
    pub(super) async fn ask_who(
        &self,
        client: &SsoClient,
        metadata: &Metadata,
        outputs: &mut CachedOutputs,
    ) {
        let claims = claims(outputs);
        let says = |name: &str| text(&claims, name).is_some();
        if says("name") && says("email") {
            return;
        }
        let (Some(endpoint), Some(subject)) = (&metadata.userinfo_endpoint, text(&claims, "sub"))
        else {
            return;
        };
        let Some(said) = self.userinfo(client, endpoint, outputs).await else {
            return;
        };
        // Section 5.3.2: an answer about anybody else is not used.
        if text(&said, "sub").as_ref() != Some(&subject) {
            return;
        }
        let shown: Map<String, Value> = SHOWN
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), Value::String(text(&said, name)?))))
            .collect();
        if let Some(step) = outputs.outputs.get_mut(SSO_STEP) {
            step.insert(USERINFO.to_owned(), Value::Object(shown));
        }
    }

    async fn userinfo(
        &self,
        client: &SsoClient,
        endpoint: &str,
        outputs: &CachedOutputs,
    ) -> Option<Map<String, Value>> {
        let connector = client.connector();
        let input = RunInput {
            timeout: Some(PATIENCE),
            ..RunInput::default()
        };
        let mut run = self.engine().run(&connector, input, &NobodyThere).ok()?;
        run.restore(outputs.clone());
        let mut request = Request::new("GET", Template::literal(endpoint));
        request.follow_redirects = false;
        request.headers = vec![Parameter::new(
            Template::literal("Authorization"),
            format!("Bearer {{{{ {SSO_STEP}.access_token }}}}"),
        )];
        let called = run.call(Call::Request(&request), Attempt::Last).await;
        let answer = called.ok()?.answer()?;
        match answer.body {
            Value::Object(said) if answer.status == 200 => Some(said),
            _ => None,
        }
    }
}
