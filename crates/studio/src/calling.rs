//! Authenticated calls: cached outputs where there are any, renewed where they are over, else the auth flow, whose
//! outputs are then cached.

use std::sync::Arc;

use latchwork_engine::{Attempt, Call, CallAnswer, Called, Host, RefreshReason, Run, RunInput};
use latchwork_model::{Connector, Endpoint, ErrorCode, Parameter, Request};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::StudioError;
use crate::renewal::{Found, Outcome, Whose};
use crate::studio::Studio;

/// What is called.
#[derive(Clone, Debug)]
pub enum CallTarget {
    /// An endpoint with its inputs.
    Endpoint {
        /// Its id.
        id: String,
        /// Its inputs, typed or as text.
        inputs: Map<String, Value>,
    },
    /// A request that stands in no file.
    Request(Box<Request>),
    /// An endpoint that stands in no file, with the defaults of its inputs.
    Made(Box<Endpoint>),
    /// The test request.
    Test,
}

/// What is added to a call beside what its endpoint says.
#[derive(Clone, Debug, Default)]
pub struct CallExtras {
    /// Query parameters.
    pub query: Vec<Parameter>,
    /// Headers.
    pub headers: Vec<Parameter>,
}

/// How a call was authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthSource {
    /// The connector has no steps.
    None,
    /// By cached outputs.
    Cached,
    /// The auth flow ran.
    Ran,
    /// By cached outputs, renewed.
    Refreshed,
}

/// Who calls: a connector, for one of its accounts, with what a run is given.
pub struct Caller<'a> {
    /// Whose cache it is.
    pub connector_id: &'a str,
    /// The connector; shared, since a renewal may outlive the call.
    pub connector: &'a Arc<Connector>,
    /// The account's name; the one in use where left out.
    pub account: Option<&'a str>,
    /// What the run is given.
    pub input: RunInput,
    /// Who is asked, and hears what happens.
    pub host: &'a dyn Host,
}

/// How a call is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Plain,
    /// As if the first attempt had been answered with 401.
    Simulated401,
    /// Without the session's secrets in its answer.
    ForApp,
}

impl Way {
    fn shown(self, run: &Run<'_>, mut answer: Option<CallAnswer>) -> Option<CallAnswer> {
        if let (Self::ForApp, Some(answer)) = (self, answer.as_mut()) {
            run.hide_secrets(answer);
        }
        answer
    }
}

/// A session as a run has it.
struct Session {
    source: AuthSource,
    whose: Whose,
    /// As it is stored; nothing where it is this run's alone.
    found: Option<Found>,
}

impl Studio {
    /// Makes a call with the connector's auth. Where the answer says that the session is over, that is renewed, and the
    /// call is made once more. An answer of 400 or more is an answer, not an error, and so is a GraphQL answer with
    /// errors ([`CallAnswer::is_ok`]).
    pub async fn call(
        self: &Arc<Self>,
        caller: Caller<'_>,
        target: &CallTarget,
    ) -> Result<(Option<CallAnswer>, AuthSource), StudioError> {
        self.call_as(caller, target, Way::Plain).await
    }

    /// The same for an app: its answer holds nothing that the session knows to be secret.
    pub(crate) async fn call_for_app(
        self: &Arc<Self>,
        caller: Caller<'_>,
        target: &CallTarget,
    ) -> Result<Option<CallAnswer>, StudioError> {
        let (answer, _) = self.call_as(caller, target, Way::ForApp).await?;
        Ok(answer)
    }

    /// *Simulate 401*: the same as if the API had answered the first attempt with 401.
    pub(crate) async fn simulate_401(
        self: &Arc<Self>,
        caller: Caller<'_>,
    ) -> Result<(), StudioError> {
        let name = caller.connector.name.clone();
        match self
            .call_as(caller, &CallTarget::Test, Way::Simulated401)
            .await?
        {
            (Some(answer), _) if !answer.is_ok() => Err(answer.refused().into()),
            (Some(_), _) => Ok(()),
            (None, _) => Err(StudioError::NothingToTest { connector: name }),
        }
    }

    async fn call_as(
        self: &Arc<Self>,
        mut caller: Caller<'_>,
        target: &CallTarget,
        way: Way,
    ) -> Result<(Option<CallAnswer>, AuthSource), StudioError> {
        let connector = caller.connector;
        let simulated = way == Way::Simulated401;
        let no_inputs = Map::new();
        let call = match target {
            CallTarget::Endpoint { id, inputs } => {
                let endpoint = connector.endpoint(id).ok_or_else(|| {
                    let known = connector.endpoints.iter();
                    StudioError::EndpointUnknown {
                        connector: connector.name.clone(),
                        endpoint: id.clone(),
                        known: known.map(|endpoint| endpoint.id.clone()).collect(),
                    }
                })?;
                Call::Endpoint(endpoint, inputs)
            }
            CallTarget::Request(request) => Call::Request(request),
            CallTarget::Made(endpoint) => Call::Endpoint(endpoint, &no_inputs),
            CallTarget::Test => Call::Test,
        };
        let whose = self.whose(&mut caller).await?;
        let mut run = self
            .engine()
            .run(connector, caller.input.clone(), caller.host)?;
        let mut session = self.authenticate(&caller, whose, &mut run).await?;
        let outcome = if simulated {
            run.simulated_401(call)?
        } else {
            run.call(call, Attempt::First).await?
        };
        let reason = match outcome {
            Called::SessionOver(_, reason) => reason,
            Called::Answer(_) if simulated && run.can_refresh() => {
                return Err(StudioError::NoRefreshOn401);
            }
            Called::Answer(_) if simulated => {
                let connector = connector.name.clone();
                return Err(StudioError::NothingToRenew { connector });
            }
            outcome => return Ok((way.shown(&run, outcome.answer()), session.source)),
        };
        self.renew_session(&caller, &mut run, &mut session, reason)
            .await?;
        let answer = run.call(call, Attempt::Last).await?.answer();
        Ok((way.shown(&run, answer), session.source))
    }

    /// Whose session a caller uses. Its run knows the account's name.
    pub(crate) async fn whose(&self, caller: &mut Caller<'_>) -> Result<Whose, StudioError> {
        let account = self.account(caller.connector_id, caller.account).await?;
        caller
            .input
            .account
            .get_or_insert_with(|| account.name.clone());
        Ok(Whose::new(caller.connector_id, caller.connector, account))
    }

    /// Gives a run its session: the cached one, renewed where it is due, else that of the auth flow.
    async fn authenticate<'r>(
        self: &'r Arc<Self>,
        caller: &Caller<'r>,
        whose: Whose,
        run: &mut Run<'r>,
    ) -> Result<Session, StudioError> {
        let mut session = Session {
            source: AuthSource::None,
            whose,
            found: None,
        };
        if !session.whose.scopes.own && !session.whose.scopes.shared {
            return Ok(session);
        }
        session.found = self.find_session(&session.whose).await?;
        let Some(found) = &session.found else {
            self.sign_in(caller, run, &mut session).await?;
            return Ok(session);
        };
        found.restore(run);
        session.source = AuthSource::Cached;
        match run.refresh_due(found.obtained_at()) {
            Some(reason) if run.can_refresh() => {
                self.renew_session(caller, run, &mut session, reason)
                    .await?;
            }
            Some(RefreshReason::Expired) => self.sign_in(caller, run, &mut session).await?,
            _ => {}
        }
        Ok(session)
    }

    /// Runs the auth flow, and keeps what it leaves.
    async fn sign_in<'r>(
        self: &'r Arc<Self>,
        caller: &Caller<'r>,
        run: &mut Run<'r>,
        session: &mut Session,
    ) -> Result<(), StudioError> {
        *run = self
            .engine()
            .run(run.connector(), caller.input.clone(), caller.host)?;
        let keeping = self
            .begin_session(&session.whose, run, &caller.input, caller.host)
            .await?;
        run.auth_flow().await?;
        session.source = AuthSource::Ran;
        session.found = match self.keep_session(&keeping, run).await? {
            Some(whose) => {
                session.whose = whose;
                self.find_session(&session.whose).await?
            }
            None => None,
        };
        Ok(())
    }

    /// Renews a session. Where only its person can, and there is somebody to ask, the auth flow runs again.
    async fn renew_session<'r>(
        self: &'r Arc<Self>,
        caller: &Caller<'r>,
        run: &mut Run<'r>,
        session: &mut Session,
        reason: RefreshReason,
    ) -> Result<(), StudioError> {
        let Some(found) = session.found.clone() else {
            // It was never stored: it is renewed where it is.
            run.refresh(reason).await?;
            session.source = AuthSource::Refreshed;
            return Ok(());
        };
        let outcome = self
            .renew(&session.whose, &found, reason, &caller.input, caller.host)
            .await;
        match &*outcome {
            Outcome::Renewed { found, .. } => {
                found.restore(run);
                session.found = Some(found.clone());
                session.source = AuthSource::Refreshed;
                Ok(())
            }
            // What is good for another moment is used for that long (F8).
            Outcome::Failed { .. } if reason == RefreshReason::BeforeExpiry => Ok(()),
            Outcome::Failed { fault, needs_you }
                if !needs_you || reason == RefreshReason::Asked =>
            {
                Err(StudioError::NotRenewed(fault.clone()))
            }
            Outcome::Failed { fault, .. } => {
                match self.sign_in(caller, run, session).await {
                    // Nobody is there to sign in again.
                    Err(error) if error.code() == ErrorCode::InputNeeded => {
                        Err(StudioError::NotRenewed(fault.clone()))
                    }
                    signed_in => signed_in,
                }
            }
            Outcome::Gone => self.sign_in(caller, run, session).await,
        }
    }

    /// *Test refresh flow*: the session is renewed, after a sign-in where there is none, and the test request is sent
    /// with what came.
    pub(crate) async fn test_refresh(
        self: &Arc<Self>,
        mut caller: Caller<'_>,
    ) -> Result<(), StudioError> {
        let connector = caller.connector;
        let whose = self.whose(&mut caller).await?;
        let mut run = self
            .engine()
            .run(connector, caller.input.clone(), caller.host)?;
        let mut session = self.authenticate(&caller, whose, &mut run).await?;
        if !run.can_refresh() {
            return Err(StudioError::NothingToRenew {
                connector: connector.name.clone(),
            });
        }
        if session.source != AuthSource::Refreshed {
            self.renew_session(&caller, &mut run, &mut session, RefreshReason::Asked)
                .await?;
        }
        match run.call(Call::Test, Attempt::Last).await?.answer() {
            Some(answer) if !answer.is_ok() => Err(answer.refused().into()),
            _ => Ok(()),
        }
    }

    /// Renews the cached session because a person asked: the outputs that took new values, and when the session
    /// expires, in Unix seconds, where that is known.
    pub async fn refresh(
        self: &Arc<Self>,
        mut caller: Caller<'_>,
    ) -> Result<(Vec<String>, Option<i64>), StudioError> {
        let connector = caller.connector;
        // On the heap, and gone while it waits: of those who wait there may be thousands.
        let whose = Box::pin(self.whose(&mut caller)).await?;
        let name = || connector.name.clone();
        let Some(found) = Box::pin(self.find_session(&whose)).await? else {
            return Err(StudioError::NobodySignedIn { connector: name() });
        };
        if !found.can_be_renewed(connector) {
            return Err(StudioError::NothingToRenew { connector: name() });
        }
        let reason = RefreshReason::Asked;
        let outcome = self
            .renew(&whose, &found, reason, &caller.input, caller.host)
            .await;
        match &*outcome {
            Outcome::Renewed { found, updated } => Ok((updated.clone(), found.expires_at())),
            Outcome::Gone => Err(StudioError::NobodySignedIn { connector: name() }),
            Outcome::Failed { fault, .. } => Err(StudioError::NotRenewed(fault.clone())),
        }
    }

    /// Runs the auth flow and caches its outputs; when they expire, in Unix seconds, where that is known. Steps with
    /// shared credentials run only where nobody has signed in to them yet.
    pub async fn login(
        self: &Arc<Self>,
        mut caller: Caller<'_>,
    ) -> Result<Option<i64>, StudioError> {
        let connector = caller.connector;
        let whose = self.whose(&mut caller).await?;
        let mut run = self
            .engine()
            .run(connector, caller.input.clone(), caller.host)?;
        let keeping = self
            .begin_session(&whose, &mut run, &caller.input, caller.host)
            .await?;
        run.auth_flow().await?;
        self.keep_session(&keeping, &run).await?;
        let ends = [
            run.cached_outputs().expires_at,
            run.shared_outputs().expires_at,
        ];
        Ok(ends.into_iter().flatten().min())
    }
}

/// A request with more query parameters and headers.
pub fn with_extras(mut request: Request, extras: &CallExtras) -> Request {
    request.query.extend(extras.query.iter().cloned());
    for header in &extras.headers {
        request.headers.retain(|other| {
            !other
                .name
                .as_str()
                .eq_ignore_ascii_case(header.name.as_str())
        });
        request.headers.push(header.clone());
    }
    request
}
