//! Signing in: a run as any other, whose session is kept for the person.

use std::sync::Arc;
use std::time::Instant;

use latchwork_engine::{CachedOutputs, Host, RunInput};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::client::{SECRET, SSO_CONNECTOR, SSO_STEP, SsoClient};
use super::record::SsoRecord;
use crate::error::StudioError;
use crate::runs::{Answers, Begun, LiveRun, Sink, WindowHost};
use crate::studio::Studio;
use crate::wire::{AppError, RunUpdate, RunWhat, SsoSignIn};

impl Studio {
    /// Signs the person in with an OpenID Connect provider; the step of the run is `sso`. Gives the run's id: where
    /// the same sign-in goes on already, that one's (SAFETY F21).
    pub fn sso_sign_in(
        self: &Arc<Self>,
        request: SsoSignIn,
        sink: impl Fn(RunUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<String, StudioError> {
        let client = SsoClient::of(&request)?;
        let secret = request
            .client_secret
            .filter(|secret| !secret.trim().is_empty());
        let sink: Sink = Arc::new(sink);
        let sameness = sameness(&client, secret.as_deref());
        let run = LiveRun::new(
            SSO_CONNECTOR,
            Some(sameness),
            Answers::new(),
            Arc::clone(&sink),
        );
        let run = match self.runs().begin(run, &sink) {
            Begun::Joined(id) => return Ok(id),
            Begun::New(run) => run,
        };
        let id = run.id.clone();
        tokio::spawn(Arc::clone(self).drive_sso(run, client, secret));
        Ok(id)
    }

    async fn drive_sso(
        self: Arc<Self>,
        run: Arc<LiveRun>,
        client: SsoClient,
        secret: Option<String>,
    ) {
        let started = Instant::now();
        run.tell(RunUpdate::RunStarted {
            run: run.id.clone(),
            what: RunWhat::SsoSignIn,
            started_at: self.engine().now(),
        });
        let host = WindowHost::new(Arc::clone(&self), Arc::clone(&run));
        let work = self.sign_in_with(client, secret, RunInput::default(), &host);
        let result = Box::pin(self.to_its_end(&run, work)).await;
        run.tell(RunUpdate::RunFinished {
            ok: result.is_ok(),
            duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            error: result.err().map(AppError::from),
        });
    }

    /// Signs the person in, and waits until they are; who runs it decides how long a browser may take.
    pub async fn sso_login(
        &self,
        request: SsoSignIn,
        input: RunInput,
        host: &dyn Host,
    ) -> Result<(), StudioError> {
        let client = SsoClient::of(&request)?;
        let secret = request
            .client_secret
            .filter(|secret| !secret.trim().is_empty());
        self.sign_in_with(client, secret, input, host).await
    }

    async fn sign_in_with(
        &self,
        mut client: SsoClient,
        secret: Option<String>,
        input: RunInput,
        host: &dyn Host,
    ) -> Result<(), StudioError> {
        // A session that could not be kept is not begun.
        self.vault().await?;
        let generation = self.session_generation(SSO_CONNECTOR).await?;
        let metadata = self.issuer_metadata(&client.issuer).await?;
        client.trust(&metadata);
        let mut variables = Map::new();
        if let Some(secret) = &secret {
            variables.insert(SECRET.to_owned(), Value::String(secret.clone()));
        }
        let input = RunInput { variables, ..input };
        let connector = client.connector();
        let mut run = self.engine().run(&connector, input, host)?;
        run.auth_flow().await?;
        let mut outputs = run.cached_outputs();
        if id_token(&outputs).is_none() {
            return Err(StudioError::SsoWithoutIdToken {
                issuer: client.issuer,
            });
        }
        drop(run);
        self.ask_who(&client, &metadata, &mut outputs).await;
        let _lease = self.sso_lease().await?;
        if self.keep_sso(&client, &outputs, generation).await? {
            self.keep_sso_secret(&client, secret.as_deref()).await?;
            let record = SsoRecord {
                client,
                needs_you: None,
            };
            self.set_sso_record(&record).await?;
        }
        Ok(())
    }
}

/// The ID token of a session.
pub(super) fn id_token(outputs: &CachedOutputs) -> Option<&str> {
    outputs
        .outputs
        .get(SSO_STEP)?
        .get("id_token")?
        .as_str()
        .filter(|token| !token.is_empty())
}

/// What two clicks on the same sign-in have in common; the secret is in it by its hash alone.
fn sameness(client: &SsoClient, secret: Option<&str>) -> String {
    let of = serde_json::json!([client, secret]).to_string();
    Sha256::digest(of.as_bytes())
        .iter()
        .fold("sso ".to_owned(), |hex, byte| hex + &format!("{byte:02x}"))
}
