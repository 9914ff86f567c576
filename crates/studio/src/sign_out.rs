//! Signing out: the provider is told where it can be (RFC 7009), what is here goes in any case, and the person hears
//! which (SAFETY Z23).

use std::time::Duration;

use async_trait::async_trait;
use latchwork_engine::{
    CachedOutputs, FormAnswers, FormRequest, Host, Revocation, Revoked, RunEvent, RunInput,
    Unanswered,
};
use latchwork_model::Connector;
use latchwork_store::Scope;

use crate::error::StudioError;
use crate::sessions::SessionScope;
use crate::studio::Studio;
use crate::wire::SignedOut;

/// How long a provider has to end a session, where a person waits for it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A host with nobody at it: what happens is told to no one, and nobody is asked.
pub(crate) struct NobodyThere;

#[async_trait]
impl Host for NobodyThere {
    fn tell(&self, _event: RunEvent) {}

    async fn answer_form(&self, _form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        Err(Unanswered::Nobody)
    }
}

/// Who is signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOut<'a> {
    /// One account, by its name.
    Account(&'a str),
    /// Everyone, of the shared credentials.
    Shared,
    /// All accounts, and the shared credentials.
    Everything,
}

impl Studio {
    /// Signs out of a connector: OAuth tokens of the scope are revoked at the provider where that is possible, and
    /// what is cached here is cleared whatever the provider says. Also gives whether there was anything.
    pub async fn sign_out(
        &self,
        connector_id: &str,
        connector: &Connector,
        who: SignOut<'_>,
        input: RunInput,
    ) -> Result<(bool, SignedOut), StudioError> {
        let account;
        let scope = match who {
            SignOut::Account(name) => {
                account = self.account(connector_id, Some(name)).await?;
                SessionScope::Account(&account.id)
            }
            SignOut::Shared => SessionScope::Shared,
            SignOut::Everything => SessionScope::Everything,
        };
        let sessions = self.sessions_of(connector_id, connector, scope).await;
        // From here on nothing of it is used, whatever the provider takes its time with.
        let cleared = self.clear_sessions(connector_id, scope).await?;
        let sessions = match sessions {
            Ok(sessions) => sessions,
            Err(error) if cleared => return Ok((cleared, told(&Err(error)))),
            Err(_) => Vec::new(),
        };
        let revoked = async {
            let mut revoked = Vec::new();
            for session in sessions {
                let mut run = self.engine().run(connector, input.clone(), &NobodyThere)?;
                run.restore(session);
                revoked.extend(run.revoke().await);
            }
            Ok(revoked)
        };
        Ok((cleared, told(&revoked.await)))
    }

    /// The cached outputs of each account in a scope, and the shared ones.
    async fn sessions_of(
        &self,
        connector_id: &str,
        connector: &Connector,
        scope: SessionScope<'_>,
    ) -> Result<Vec<CachedOutputs>, StudioError> {
        let vault = self.vault().await?;
        let is_in = |account: Option<&str>| match scope {
            SessionScope::Account(wanted) => account == Some(wanted),
            SessionScope::Accounts => account.is_some(),
            SessionScope::Shared => account.is_none(),
            SessionScope::Everything => true,
        };
        let mut sessions = Vec::new();
        for status in self.store().outputs().status(connector_id, &vault).await? {
            let account = status.account.as_deref();
            if is_in(account) {
                let scope = account.map_or(Scope::Shared, Scope::Account);
                sessions.extend(self.session(connector_id, connector, scope).await?);
            }
        }
        Ok(sessions)
    }

    /// Signs the account in use out of a connector as it stands in the editor.
    pub async fn auth_sign_out(&self, connector_id: &str) -> Result<SignedOut, StudioError> {
        let account = self.account_in_use(connector_id).await?;
        self.account_sign_out(connector_id, &account).await
    }
}

/// What became of a sign-out, in words.
pub(crate) fn told(revoked: &Result<Vec<Revocation>, StudioError>) -> SignedOut {
    const HERE: &str = "You are signed out here.";
    let said = |revoked: bool, rest: &str| SignedOut {
        revoked,
        message: format!("{HERE}{rest}"),
    };
    let revocations = match revoked {
        Ok(revocations) => revocations,
        Err(error) => {
            let fault = error.fault();
            return said(
                false,
                &format!(" The provider was not told: {}.", fault.message),
            );
        }
    };
    let failed = revocations
        .iter()
        .find_map(|revocation| match &revocation.outcome {
            Revoked::Failed(fault) => Some(fault.message.as_str()),
            _ => None,
        });
    let not_offered = revocations
        .iter()
        .any(|revocation| revocation.outcome == Revoked::NotOffered);
    match (failed, not_offered) {
        (Some(reason), _) => said(
            false,
            &format!(
                " The provider was not told, so its session ends by itself: {}.",
                reason.trim_end_matches('.')
            ),
        ),
        (None, true) => said(
            false,
            " The provider names no way to end its session, so that one ends by itself.",
        ),
        (None, false) if revocations.is_empty() => said(
            false,
            " There was no token that the provider could be told to end.",
        ),
        (None, false) => said(true, " The provider has ended its session too."),
    }
}

#[cfg(test)]
mod tests {
    use latchwork_engine::Fault;
    use latchwork_model::ErrorCode;

    use super::*;

    fn of(outcomes: Vec<Revoked>) -> SignedOut {
        let revocations = outcomes.into_iter().map(|outcome| Revocation {
            step: "oauth".to_owned(),
            outcome,
        });
        told(&Ok(revocations.collect()))
    }

    #[test]
    fn z23_the_person_is_told_whether_the_provider_ended_the_session() {
        let failed = || {
            Revoked::Failed(Box::new(Fault {
                code: ErrorCode::HttpConnect,
                message: "no connection to a.example.".to_owned(),
                hint: None,
                step: None,
                field: None,
                retryable: true,
            }))
        };
        assert!(of(vec![Revoked::Yes, Revoked::Yes]).revoked);
        for outcomes in [
            vec![],
            vec![Revoked::NotOffered],
            vec![Revoked::Yes, Revoked::NotOffered],
            vec![Revoked::Yes, failed()],
        ] {
            let signed_out = of(outcomes.clone());
            assert!(!signed_out.revoked, "{outcomes:?}");
            assert!(signed_out.message.starts_with("You are signed out here."));
        }
        assert!(
            of(vec![failed()])
                .message
                .ends_with("no connection to a.example.")
        );
    }
}
