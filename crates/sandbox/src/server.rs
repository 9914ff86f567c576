//! The sandbox as a server: started on loopback, stopped when dropped.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::{Clock, SystemClock};
use crate::routes::router;
use crate::state::Harbour;

/// The port that the sandbox takes where it is free and no other is asked for.
pub const DEFAULT_PORT: u16 = 4910;

/// How long requests under way may take to end when the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// How the sandbox starts.
#[derive(Clone)]
pub struct SandboxOptions {
    /// This port and no other; where left out, [`DEFAULT_PORT`], or a free one where that is taken.
    pub port: Option<u16>,
    /// The time by which tokens expire.
    pub clock: Arc<dyn Clock>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            port: None,
            clock: Arc::new(SystemClock),
        }
    }
}

/// Why the sandbox did not start or did not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The port that was asked for belongs to another program.
    #[error("port {port} on 127.0.0.1 is taken by another program")]
    PortTaken {
        /// The port that was asked for.
        port: u16,
    },
    /// The address could not be listened on.
    #[error("could not listen on 127.0.0.1, port {port}")]
    Listen {
        /// The port, 0 for any.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
}

/// A running sandbox. Dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    base_url: String,
    port: u16,
    /// Dropped or used, it ends the server.
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts the sandbox on 127.0.0.1. Needs a Tokio runtime, on which it runs.
    pub async fn start(options: SandboxOptions) -> Result<Self, SandboxError> {
        let listener = listen(options.port).await?;
        let port = listener
            .local_addr()
            .map_err(|source| SandboxError::Listen {
                port: options.port.unwrap_or(0),
                source,
            })?
            .port();
        let base_url = format!("http://127.0.0.1:{port}");
        let router = router(Harbour::new(base_url.clone(), options.clock));
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let served = axum::serve(listener, router).with_graceful_shutdown(async {
                // Sent or dropped: both mean stop.
                let _ = stopped.await;
            });
            if let Err(error) = served.await {
                tracing::warn!(%error, "the sandbox stopped serving");
            }
        });
        Ok(Self {
            base_url,
            port,
            stop: Some(stop),
            server,
        })
    }

    /// Where it can be reached, without a slash at the end: `http://127.0.0.1:4910`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The port it listens on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Stops it: requests under way get two seconds to end, and then the port is free.
    pub async fn shutdown(mut self) {
        drop(self.stop.take());
        if tokio::time::timeout(GRACE, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

/// Serves the sandbox until `until` ends. `ready` is told the base URL as soon as it can be reached.
pub async fn serve(
    options: SandboxOptions,
    ready: impl FnOnce(&str) + Send,
    until: impl Future<Output = ()> + Send,
) -> Result<(), SandboxError> {
    let sandbox = Sandbox::start(options).await?;
    ready(sandbox.base_url());
    until.await;
    sandbox.shutdown().await;
    Ok(())
}

async fn listen(port: Option<u16>) -> Result<TcpListener, SandboxError> {
    match bind(port.unwrap_or(DEFAULT_PORT)).await {
        Ok(listener) => Ok(listener),
        Err(source) => match port {
            Some(port) if source.kind() == io::ErrorKind::AddrInUse => {
                Err(SandboxError::PortTaken { port })
            }
            Some(port) => Err(SandboxError::Listen { port, source }),
            None => bind(0)
                .await
                .map_err(|source| SandboxError::Listen { port: 0, source }),
        },
    }
}

async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}
