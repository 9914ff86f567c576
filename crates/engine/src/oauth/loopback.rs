//! The listener that a browser comes back to (RFC 8252 section 7.3; SAFETY Z10 to Z14).
//!
//! It listens on the literal loopback addresses, as long as it is held and no longer. It knows nothing of states and
//! codes: an address at the exact path goes to [`PendingAuthorizations`], anything else is turned away.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;
use url::{Host, Url};

use super::error::OauthError;
use super::page;
use super::pending::{CallbackRefusal, PendingAuthorizations, ReceivedBy};
use crate::error::EngineError;

/// The longest request line, in bytes.
const REQUEST_LINE: usize = 16 * 1024;
/// The request line and all headers, in bytes.
const REQUEST_HEAD: usize = REQUEST_LINE + 32 * 1024;
/// The time for a request to arrive and its answer to leave.
const READ_TIME: Duration = Duration::from_secs(5);
/// How many connections are served at a time.
const CONNECTIONS: usize = 8;

/// A listener, from its start until it is dropped.
pub(crate) struct LoopbackReceiver {
    redirect_uri: String,
    /// The accept loops; dropping the set ends them and closes the ports.
    _listening: JoinSet<()>,
}

/// What every connection is checked against.
struct Door {
    redirect_uri: Url,
    host: String,
    pending: Arc<PendingAuthorizations>,
    connections: Semaphore,
}

impl LoopbackReceiver {
    /// Listens on a free port of 127.0.0.1, at `/callback`.
    pub(crate) async fn on_free_port(
        pending: Arc<PendingAuthorizations>,
    ) -> Result<Self, EngineError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(|source| busy("a free port".to_owned(), &source))?;
        let port = listener
            .local_addr()
            .map_err(|source| busy("a free port".to_owned(), &source))?
            .port();
        let redirect_uri = format!("http://127.0.0.1:{port}/callback");
        Self::serve(vec![listener], redirect_uri, pending)
    }

    /// Listens where a fixed redirect address says: at its port and path, on both families for `localhost`. A port
    /// that is busy is an error that names it.
    pub(crate) async fn at(
        redirect_uri: &str,
        pending: Arc<PendingAuthorizations>,
    ) -> Result<Self, EngineError> {
        let url = loopback_address(redirect_uri).ok_or_else(|| {
            EngineError::Oauth(OauthError::RedirectAddress {
                address: redirect_uri.to_owned(),
            })
        })?;
        let port = url.port_or_known_default().unwrap_or_default();
        let families: Vec<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            _ => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
        };
        let mut listeners = Vec::new();
        for family in &families {
            let address = SocketAddr::new(*family, port);
            match TcpListener::bind(address).await {
                Ok(listener) => listeners.push(listener),
                // A machine without IPv6 has one family, which is no fault.
                Err(source)
                    if source.kind() != io::ErrorKind::AddrInUse && !listeners.is_empty() => {}
                Err(source) => return Err(busy(address.to_string(), &source)),
            }
        }
        Self::serve(listeners, redirect_uri.to_owned(), pending)
    }

    fn serve(
        listeners: Vec<TcpListener>,
        redirect_uri: String,
        pending: Arc<PendingAuthorizations>,
    ) -> Result<Self, EngineError> {
        let parsed = Url::parse(&redirect_uri).map_err(|_| {
            EngineError::Oauth(OauthError::RedirectAddress {
                address: redirect_uri.clone(),
            })
        })?;
        let door = Arc::new(Door {
            host: authority(&parsed),
            redirect_uri: parsed,
            pending,
            connections: Semaphore::new(CONNECTIONS),
        });
        let mut listening = JoinSet::new();
        for listener in listeners {
            let door = Arc::clone(&door);
            listening.spawn(async move {
                loop {
                    if let Ok((stream, _)) = listener.accept().await {
                        // Not of this set: an answer under way is finished though the wait is over.
                        tokio::spawn(serve_connection(stream, Arc::clone(&door)));
                    }
                }
            });
        }
        Ok(Self {
            redirect_uri,
            _listening: listening,
        })
    }

    /// The redirect address.
    pub(crate) fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }
}

fn busy(address: String, source: &io::Error) -> EngineError {
    EngineError::Oauth(OauthError::PortBusy {
        address,
        reason: match source.kind() {
            io::ErrorKind::AddrInUse => "another program uses it".to_owned(),
            io::ErrorKind::PermissionDenied => "this system does not allow it".to_owned(),
            _ => source.to_string(),
        },
    })
}

/// An address that a listener of ours can be at: http, on this machine.
pub(crate) fn loopback_address(redirect_uri: &str) -> Option<Url> {
    let url = Url::parse(redirect_uri).ok()?;
    let local = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    (url.scheme() == "http" && local).then_some(url)
}

/// Host and port as a browser names them in `Host`.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

async fn serve_connection(stream: TcpStream, door: Arc<Door>) {
    // More than eight at a time: those who come late are turned away at once.
    let Ok(_place) = door.connections.try_acquire() else {
        return;
    };
    let service = service_fn(|request: Request<Incoming>| {
        let answer = door.answer(&request);
        async move { Ok::<_, Infallible>(answer) }
    });
    let connection = http1::Builder::new()
        .keep_alive(false)
        .max_buf_size(REQUEST_HEAD)
        .timer(TokioTimer::new())
        .header_read_timeout(READ_TIME)
        .serve_connection(TokioIo::new(stream), service);
    // Whatever goes wrong with a connection is the caller's; the wait goes on.
    let _ = timeout(READ_TIME, connection).await;
}

impl Door {
    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let target = request.uri();
        let hosts: Vec<&HeaderValue> = request.headers().get_all(header::HOST).iter().collect();
        let host_fits =
            matches!(hosts.as_slice(), [host] if host.as_bytes() == self.host.as_bytes());
        if !host_fits || target.scheme().is_some() {
            return respond(StatusCode::FORBIDDEN, page::refused_host());
        }
        if target.to_string().len() > REQUEST_LINE {
            return respond(StatusCode::URI_TOO_LONG, page::not_here());
        }
        if target.path() != self.redirect_uri.path() {
            return respond(StatusCode::NOT_FOUND, page::not_here());
        }
        if request.method() != Method::GET {
            return respond(StatusCode::FORBIDDEN, page::refused_method());
        }
        let mut address = self.redirect_uri.clone();
        address.set_query(target.query());
        match self.pending.deliver(address.as_str(), ReceivedBy::Loopback) {
            Ok(()) => respond(StatusCode::OK, page::returned()),
            Err(refusal) => respond(StatusCode::BAD_REQUEST, refused_page(&refusal)),
        }
    }
}

fn refused_page(refusal: &CallbackRefusal) -> String {
    match refusal {
        CallbackRefusal::UsedState => page::already_done(),
        other => page::refused(&other.to_string()),
    }
}

fn respond(status: StatusCode, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONNECTION, "close"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
