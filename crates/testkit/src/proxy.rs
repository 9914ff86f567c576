//! A proxy on loopback: CONNECT tunnels (RFC 9110 section 9.3.6) or SOCKS 5 (RFC 1928, RFC 1929).
//!
//! Wherever it is asked to go it connects to one address: no name is looked up here.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What a proxy speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyKind {
    /// HTTP, with CONNECT.
    Connect,
    /// SOCKS 5.
    Socks5,
}

/// A running proxy; it ends when it is dropped.
#[derive(Debug)]
pub struct ProxyServer {
    address: SocketAddr,
    targets: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

/// What its connections share.
struct Shared {
    kind: ProxyKind,
    credentials: Option<(&'static str, &'static str)>,
    leads_to: SocketAddr,
    targets: Arc<Mutex<Vec<String>>>,
}

impl ProxyServer {
    /// A proxy whose tunnels all lead to this address, for who gives these credentials.
    pub async fn start(
        kind: ProxyKind,
        credentials: Option<(&'static str, &'static str)>,
        leads_to: SocketAddr,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let targets = Arc::default();
        let shared = Arc::new(Shared {
            kind,
            credentials,
            leads_to,
            targets: Arc::clone(&targets),
        });
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                connections.spawn(async move {
                    // A client that goes away in the middle is no fault of the proxy's.
                    let _ = shared.serve(stream).await;
                });
            }
        });
        Self {
            address,
            targets,
            task,
        }
    }

    /// Its host and port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it was asked to go so far, as `host:port`; those it refused are there too.
    pub fn targets(&self) -> Vec<String> {
        self.targets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for ProxyServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufStream::new(stream);
        let may_go = match self.kind {
            ProxyKind::Connect => self.greet_connect(&mut stream).await?,
            ProxyKind::Socks5 => self.greet_socks(&mut stream).await?,
        };
        if may_go {
            let mut onward = TcpStream::connect(self.leads_to).await?;
            tokio::io::copy_bidirectional(&mut stream, &mut onward).await?;
        }
        Ok(())
    }

    fn note(&self, target: String) {
        self.targets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(target);
    }

    async fn greet_connect(&self, stream: &mut BufStream<TcpStream>) -> std::io::Result<bool> {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let is_connect = line.starts_with("CONNECT ");
        let mut given = None;
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 || line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("proxy-authorization")
            {
                given = Some(value.trim().to_owned());
            }
        }
        self.note(target);
        let wanted = self.credentials.map(|(user, password)| {
            format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
        });
        let answer: &[u8] = if !is_connect {
            b"HTTP/1.1 405 Only tunnels\r\ncontent-length: 0\r\n\r\n"
        } else if wanted.is_some() && wanted != given {
            b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"
        } else {
            b"HTTP/1.1 200 Connected\r\n\r\n"
        };
        stream.write_all(answer).await?;
        stream.flush().await?;
        Ok(answer.starts_with(b"HTTP/1.1 200"))
    }

    async fn greet_socks(&self, stream: &mut BufStream<TcpStream>) -> std::io::Result<bool> {
        let _version = stream.read_u8().await?;
        let mut methods = vec![0; usize::from(stream.read_u8().await?)];
        stream.read_exact(&mut methods).await?;
        let method = if self.credentials.is_some() { 2 } else { 0 };
        if !methods.contains(&method) {
            stream.write_all(&[5, 0xff]).await?;
            stream.flush().await?;
            return Ok(false);
        }
        stream.write_all(&[5, method]).await?;
        stream.flush().await?;
        if let Some((user, password)) = self.credentials {
            let _version = stream.read_u8().await?;
            let given = (text(stream).await?, text(stream).await?);
            let is_right = given == (user.to_owned(), password.to_owned());
            stream.write_all(&[1, u8::from(!is_right)]).await?;
            stream.flush().await?;
            if !is_right {
                return Ok(false);
            }
        }
        let mut request = [0; 4];
        stream.read_exact(&mut request).await?;
        let host = match request[3] {
            1 => {
                let mut address = [0; 4];
                stream.read_exact(&mut address).await?;
                std::net::Ipv4Addr::from(address).to_string()
            }
            3 => text(stream).await?,
            _ => {
                let mut address = [0; 16];
                stream.read_exact(&mut address).await?;
                std::net::Ipv6Addr::from(address).to_string()
            }
        };
        let port = stream.read_u16().await?;
        self.note(format!("{host}:{port}"));
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
        stream.flush().await?;
        Ok(true)
    }
}

/// A text with its length before it.
async fn text(stream: &mut BufStream<TcpStream>) -> std::io::Result<String> {
    let mut bytes = vec![0; usize::from(stream.read_u8().await?)];
    stream.read_exact(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
