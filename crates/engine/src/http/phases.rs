//! Where the time of an exchange goes before anything is sent: the name, and the connection.
//!
//! reqwest tells nobody. So the resolver and a layer around its connector note their time with the exchange in whose task
//! they are called; what is done for no exchange (a connection that lost a race) is noted nowhere.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use tower::{Layer, Service};

tokio::task_local! {
    static PHASES: Arc<Phases>;
}

/// The phases of one exchange, all of its connections together. One that was kept open takes no time.
#[derive(Debug, Default)]
pub(crate) struct Phases(Mutex<Times>);

/// How long each took, where it was needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// Finding the name's addresses.
    pub resolve: Option<Duration>,
    /// All until the connection stood: the name, TCP, TLS, a proxy's tunnel.
    pub connect: Option<Duration>,
}

impl Phases {
    /// Does an exchange, and gives what its phases took.
    pub(crate) async fn of<T>(work: impl Future<Output = T>) -> (T, Times) {
        let phases = Arc::new(Self::default());
        let result = PHASES.scope(Arc::clone(&phases), work).await;
        let times = *phases.0.lock().unwrap_or_else(PoisonError::into_inner);
        (result, times)
    }

    /// The phases of the exchange that this is done for.
    pub(super) fn current() -> Option<Arc<Self>> {
        PHASES.try_with(Arc::clone).ok()
    }

    fn add(&self, pick: impl FnOnce(&mut Times) -> &mut Option<Duration>, time: Duration) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *pick(&mut times).get_or_insert_default() += time;
    }

    /// Notes how long a name took.
    pub(super) fn resolved(&self, time: Duration) {
        self.add(|times| &mut times.resolve, time);
    }
}

/// Notes how long each connection takes to be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct ConnectTimes;

impl<S> Layer<S> for ConnectTimes {
    type Service = TimedConnector<S>;

    fn layer(&self, inner: S) -> Self::Service {
        TimedConnector(inner)
    }
}

/// A connector whose time is noted.
#[derive(Clone, Debug)]
pub(super) struct TimedConnector<S>(S);

impl<S, R> Service<R> for TimedConnector<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
    S::Response: 'static,
    S::Error: 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let phases = Phases::current();
        let started = Instant::now();
        let connecting = self.0.call(request);
        Box::pin(async move {
            let connection = connecting.await;
            if let Some(phases) = phases {
                phases.add(|times| &mut times.connect, started.elapsed());
            }
            connection
        })
    }
}
