//! A server on loopback whose answers and faults are data. It keeps every request that it got.
//!
//! It speaks HTTP/1 on bare sockets, because most of its faults are things that no HTTP library would do.

mod answer;
mod connection;
mod request;
mod route;

use std::fmt::Debug;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

pub use request::SeenRequest;
pub use route::{Answer, Fault, HeaderValues, Route};

/// A server that has its address, and does not answer yet.
#[derive(Debug)]
pub struct PendingServer {
    listener: TcpListener,
    address: SocketAddr,
    scheme: &'static str,
    host: &'static str,
}

impl PendingServer {
    /// Takes a free port on 127.0.0.1.
    pub async fn bind() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        Self {
            listener,
            address,
            scheme: "http",
            host: "127.0.0.1",
        }
    }

    /// Makes its origin an https one.
    #[must_use]
    pub fn secure(mut self) -> Self {
        self.scheme = "https";
        self
    }

    /// Its origin: `http://127.0.0.1:40123`.
    pub fn origin(&self) -> String {
        format!("{}://{}:{}", self.scheme, self.host, self.address.port())
    }

    /// Starts to answer.
    pub fn serve(self, routes: Vec<Route>, tls: Option<Arc<ServerConfig>>) -> FaultServer {
        let routes = routes.into_iter().map(|route| (route, 0)).collect();
        self.serve_answers(Arc::new(Routes(Mutex::new(routes))), tls)
    }

    /// Starts to answer with whatever these say.
    pub(crate) fn serve_answers(
        self,
        answers: Arc<dyn Answers>,
        tls: Option<Arc<ServerConfig>>,
    ) -> FaultServer {
        let origin = self.origin();
        let shared = Arc::new(Shared {
            answers,
            seen: watch::Sender::new(Vec::new()),
            closed: watch::Sender::new(0),
            released: watch::Sender::new(false),
        });
        let acceptor = tls.map(TlsAcceptor::from);
        let task = tokio::spawn(accept(self.listener, acceptor, Arc::clone(&shared)));
        FaultServer {
            origin,
            address: self.address,
            shared,
            task,
        }
    }
}

/// A running server; it ends when it is dropped.
#[derive(Debug)]
pub struct FaultServer {
    origin: String,
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// What decides what is answered.
pub(crate) trait Answers: Debug + Send + Sync {
    /// The answer to a request; `None` is a 404.
    fn answer(&self, request: &SeenRequest) -> Option<Answer>;
}

/// Routes, each with how often it has answered.
#[derive(Debug)]
struct Routes(Mutex<Vec<(Route, usize)>>);

#[derive(Debug)]
struct Shared {
    answers: Arc<dyn Answers>,
    seen: watch::Sender<Vec<SeenRequest>>,
    closed: watch::Sender<usize>,
    released: watch::Sender<bool>,
}

impl FaultServer {
    /// A server without TLS that answers by these routes.
    pub async fn start(routes: Vec<Route>) -> Self {
        PendingServer::bind().await.serve(routes, None)
    }

    /// Its origin: `http://127.0.0.1:40123`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its address.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.shared.seen.borrow().clone()
    }

    /// Waits until this many requests have arrived.
    pub async fn request_count_reaches(&self, count: usize) {
        let mut seen = self.shared.seen.subscribe();
        // The sender lives as long as this server does.
        let _ = seen.wait_for(|seen| seen.len() >= count).await;
    }

    /// Waits until the other side has closed this many connections.
    pub async fn closed_count_reaches(&self, count: usize) {
        let mut closed = self.shared.closed.subscribe();
        let _ = closed.wait_for(|closed| *closed >= count).await;
    }

    /// Lets the answers go that were held back ([`Fault::Held`]), and those still to come.
    pub fn release(&self) {
        self.shared.released.send_replace(true);
    }

    /// An origin on which nobody listens. Its port is held until the guard is dropped.
    pub fn refused_origin() -> (String, TcpSocket) {
        let socket = TcpSocket::new_v4().expect("a socket can be made");
        socket
            .bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .expect("loopback has a free port");
        let address = socket.local_addr().expect("a bound socket has an address");
        (format!("http://{address}"), socket)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    /// Notes a request, and gives the answer to it.
    fn answer_to(&self, request: SeenRequest) -> Option<Answer> {
        let answer = self.answers.answer(&request);
        self.seen.send_modify(|seen| seen.push(request));
        answer
    }
}

impl Answers for Routes {
    fn answer(&self, request: &SeenRequest) -> Option<Answer> {
        let mut routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = routes.iter_mut().find(|(route, _)| route.matches(request));
        found.map(|(route, count)| {
            let answer = route.answer(request, *count);
            *count += 1;
            answer
        })
    }
}

async fn accept(listener: TcpListener, acceptor: Option<TlsAcceptor>, shared: Arc<Shared>) {
    // Connections end with the server: a set aborts what it holds.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        let acceptor = acceptor.clone();
        connections.spawn(async move {
            match acceptor {
                None => connection::serve(stream, &shared).await,
                Some(acceptor) => {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        connection::serve(stream, &shared).await;
                    }
                }
            }
        });
    }
}
