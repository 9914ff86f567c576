//! Authenticated calls: cached outputs where there are any, else the auth flow, whose outputs are then cached.

use latchwork_engine::{CachedOutputs, CallAnswer, Host, Run, RunInput};
use latchwork_model::{Connector, Parameter, Request};
use latchwork_store::Scope;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::StudioError;
use crate::sessions::Scopes;
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

/// Where a call's session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthPolicy {
    /// Cached outputs where there are any.
    CachedFirst,
    /// The auth flow, always.
    Afresh,
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
}

impl Studio {
    /// Makes a call with the connector's auth. An answer of 400 or more is an answer, not an error.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a fact of its own, and two callers name them all"
    )]
    pub async fn call(
        &self,
        connector_id: &str,
        connector: &Connector,
        account: &str,
        input: RunInput,
        target: &CallTarget,
        policy: AuthPolicy,
        host: &dyn Host,
    ) -> Result<(Option<CallAnswer>, AuthSource), StudioError> {
        if let CallTarget::Endpoint { id, .. } = target
            && connector.endpoint(id).is_none()
        {
            return Err(StudioError::EndpointUnknown {
                connector: connector.name.clone(),
                endpoint: id.clone(),
                known: connector
                    .endpoints
                    .iter()
                    .map(|endpoint| endpoint.id.clone())
                    .collect(),
            });
        }
        let mut run = self.engine().run(connector, input, host)?;
        let source = self
            .authenticate(connector_id, connector, account, policy, &mut run)
            .await?;
        let answer = match target {
            CallTarget::Endpoint { id, inputs } => match connector.endpoint(id) {
                Some(endpoint) => Some(run.call_endpoint(endpoint, inputs).await?),
                None => None,
            },
            CallTarget::Request(request) => Some(run.call_request(request).await?),
            CallTarget::Test => run.test_request().await?,
        };
        Ok((answer, source))
    }

    /// Gives a run its session.
    async fn authenticate(
        &self,
        connector_id: &str,
        connector: &Connector,
        account: &str,
        policy: AuthPolicy,
        run: &mut Run<'_>,
    ) -> Result<AuthSource, StudioError> {
        let wanted = Scopes::of(connector);
        if !wanted.own && !wanted.shared {
            return Ok(AuthSource::None);
        }
        if policy == AuthPolicy::CachedFirst {
            let own = self
                .scope_if_wanted(connector_id, connector, Scope::Account(account), wanted.own)
                .await?;
            let shared = self
                .scope_if_wanted(connector_id, connector, Scope::Shared, wanted.shared)
                .await?;
            if let (Some(own), Some(shared)) = (own, shared) {
                run.restore(own);
                run.restore_shared(shared);
                return Ok(AuthSource::Cached);
            }
        }
        let keeping = self
            .begin_session(connector_id, connector, account, run)
            .await?;
        run.auth_flow().await?;
        self.keep_session(&keeping, run).await?;
        Ok(AuthSource::Ran)
    }

    /// A scope's outputs; empty ones for a scope that no step is in, nothing for one that must be filled.
    async fn scope_if_wanted(
        &self,
        connector_id: &str,
        connector: &Connector,
        scope: Scope<'_>,
        wanted: bool,
    ) -> Result<Option<CachedOutputs>, StudioError> {
        if !wanted {
            return Ok(Some(CachedOutputs::default()));
        }
        self.live_session(connector_id, connector, scope).await
    }

    /// Runs the auth flow and caches its outputs; when they expire, in Unix seconds, where that is known. Steps with
    /// shared credentials run only where nobody has signed in to them yet.
    pub async fn login(
        &self,
        connector_id: &str,
        connector: &Connector,
        account: &str,
        input: RunInput,
        host: &dyn Host,
    ) -> Result<Option<i64>, StudioError> {
        let mut run = self.engine().run(connector, input, host)?;
        let keeping = self
            .begin_session(connector_id, connector, account, &mut run)
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
