//! The active session, renewed by the refresh grant before it is used where it must be.
//!
//! A passing fault costs nobody the session. Where the provider refuses to renew it, the person is needed.

use latchwork_engine::{CachedOutputs, Fault, SsoAbsent, SsoSession};
use latchwork_model::ErrorCode;
use latchwork_store::{Scope, SessionLease};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::client::{SSO_CONNECTOR, SSO_STEP, text};
use super::person::carry_over;
use super::record::SsoRecord;
use super::sign_in::id_token;
use crate::error::StudioError;
use crate::runs::jwt_claims;
use crate::sessions::DEFAULT_ACCOUNT;
use crate::sign_out::NobodyThere;
use crate::studio::{Studio, note};

/// A session with less time left is renewed before it is used, in seconds.
const RENEWED_BEFORE: i64 = 60;

impl Studio {
    /// The active single sign-on session, renewed where it has less than a minute left. However many ask at a time,
    /// and in however many processes, it is renewed once.
    pub async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        let lease = self.sso_lease().await;
        let _lease = lease.map_err(|error| passing(&error.fault()))?;
        let found = self.sso_found().await;
        let Some((mut record, outputs)) = found.map_err(|error| passing(&error.fault()))? else {
            return Err(SsoAbsent::NotSignedIn);
        };
        let left = outputs
            .expires_at
            .map(|expires_at| expires_at.saturating_sub(self.engine().now()));
        if left.is_none_or(|left| left >= RENEWED_BEFORE) {
            return session(&outputs);
        }
        let is_over = left.is_some_and(|left| left <= 0);
        // A provider that has refused is not asked again and again.
        if is_over && let Some(words) = record.needs_you {
            return Err(SsoAbsent::NeedsYou(words));
        }
        let renewed = self.renew_sso(&record, &outputs).await;
        match renewed {
            Ok(renewed) => {
                if record.needs_you.take().is_some() {
                    note(self.set_sso_record(&record).await);
                }
                session(&renewed)
            }
            // What is good for another moment is used for that long.
            Err(_) if !is_over => session(&outputs),
            Err(fault) if needs_the_person(fault.code) => {
                record.needs_you = Some(fault.message.clone());
                note(self.set_sso_record(&record).await);
                Err(SsoAbsent::NeedsYou(fault.message))
            }
            Err(fault) => Err(passing(&fault)),
        }
    }

    /// Held while the session is read and renewed, so that whoever comes meanwhile, here or in another process, takes
    /// what was renewed.
    pub(super) async fn sso_lease(&self) -> Result<SessionLease, StudioError> {
        let leases = self.store().session_leases();
        let scope = Scope::Account(DEFAULT_ACCOUNT);
        Ok(leases.acquire(SSO_CONNECTOR, scope).await?)
    }

    /// Who is signed in, with their session.
    pub(super) async fn sso_found(
        &self,
    ) -> Result<Option<(SsoRecord, CachedOutputs)>, StudioError> {
        let Some(record) = self.sso_record().await? else {
            return Ok(None);
        };
        let outputs = self.sso_outputs(&record.client).await?;
        Ok(outputs.map(|outputs| (record, outputs)))
    }

    /// Renews the session and keeps what the provider gave before anyone uses it.
    async fn renew_sso(
        &self,
        record: &SsoRecord,
        outputs: &CachedOutputs,
    ) -> Result<CachedOutputs, Fault> {
        let renew = async {
            let generation = self.session_generation(SSO_CONNECTOR).await?;
            let connector = record.client.connector();
            let input = self.sso_input(&record.client).await?;
            let mut run = self.engine().run(&connector, input, &NobodyThere)?;
            run.restore(outputs.clone());
            run.renew(SSO_STEP).await?;
            let mut renewed = run.cached_outputs();
            if subject(&renewed) != subject(outputs) {
                // OpenID Connect Core 1.0 section 12.2: a renewed session is the same person's.
                return Err(StudioError::SsoOtherPerson {
                    issuer: record.client.issuer.clone(),
                });
            }
            carry_over(outputs, &mut renewed);
            self.keep_sso(&record.client, &renewed, generation).await?;
            Ok(renewed)
        };
        renew.await.map_err(|error| error.fault())
    }
}

fn needs_the_person(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::OauthInvalidGrant | ErrorCode::SessionNeedsYou | ErrorCode::OauthIdTokenInvalid
    )
}

fn passing(fault: &Fault) -> SsoAbsent {
    SsoAbsent::NotRenewed(fault.message.clone())
}

/// The claims of a session's ID token, which was checked when it came.
pub(super) fn claims(outputs: &CachedOutputs) -> Map<String, Value> {
    id_token(outputs).and_then(jwt_claims).unwrap_or_default()
}

fn subject(outputs: &CachedOutputs) -> Option<String> {
    text(&claims(outputs), "sub")
}

fn session(outputs: &CachedOutputs) -> Result<SsoSession, SsoAbsent> {
    let step = outputs.outputs.get(SSO_STEP);
    let of = |name: &str| step.and_then(|step| step.get(name)?.as_str());
    let access_token = of("access_token").ok_or(SsoAbsent::NotSignedIn)?;
    Ok(SsoSession {
        access_token: Zeroizing::new(access_token.to_owned()),
        id_token: of("id_token").map(|token| Zeroizing::new(token.to_owned())),
        token_type: of("token_type").unwrap_or("Bearer").to_owned(),
        expires_at: outputs.expires_at,
        claims: claims(outputs),
    })
}
