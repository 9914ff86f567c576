//! The server that both sides talk to: HTTP/1.1 with keep-alive on loopback, and no more of it than they need.
//!
//! Each connection has a thread that blocks, so that the server shares no runtime with what is measured and waits
//! as long as it was told, to the tenth of a millisecond. Not here: faults, routes, TLS; tests have `latchwork-testkit`.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// A server that answers every request with a sign-in's answer, its token new each time. It ends with the process.
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Listens on a free port, and lets each answer wait so long.
    pub fn start(delay: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let count = Arc::new(AtomicU64::new(0));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let count = Arc::clone(&count);
                // A client that goes away ends its connection, no more.
                thread::spawn(move || drop(serve(stream, delay, &count)));
            }
        });
        Ok(Self { address })
    }

    /// Its origin: `http://127.0.0.1:40123`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

fn serve(stream: TcpStream, delay: Duration, count: &AtomicU64) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if line == "\r\n" {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        io::copy(&mut (&mut reader).take(length), &mut io::sink())?;
        if !delay.is_zero() {
            thread::sleep(delay);
        }
        writer.write_all(answer(count.fetch_add(1, Ordering::Relaxed)).as_bytes())?;
    }
}

/// What a provider answers to a sign-in. Its token differs from every other, as a real one's does: what hides
/// secrets has more to look for after each step.
fn answer(number: u64) -> String {
    // Spread over all digits, so that tokens are not alike from their beginning on.
    let spread = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let body = format!(
        "{{\"token\":\"{spread:016x}{:016x}\",\"token_type\":\"Bearer\",\"expires_in\":3600,\
         \"user\":{{\"id\":{number},\"name\":\"Ada Lovelace\",\"email\":\"ada@latchwork.example\"}},\
         \"tenants\":[{{\"id\":\"north\",\"label\":\"North\"}},{{\"id\":\"south\",\"label\":\"South\"}}]}}",
        spread.rotate_left(29)
    );
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncache-control: no-store\r\n\
         x-request-id: {number}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    use super::{Server, answer};

    #[test]
    fn one_connection_gets_answer_after_answer_each_with_a_token_of_its_own() {
        let server = Server::start(Duration::ZERO).unwrap();
        let mut stream = TcpStream::connect(server.address).unwrap();
        for number in 0..2 {
            stream
                .write_all(b"POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi")
                .unwrap();
            let wanted = answer(number);
            let mut came = vec![0; wanted.len()];
            stream.read_exact(&mut came).unwrap();
            assert_eq!(String::from_utf8(came).unwrap(), wanted);
        }
        assert_ne!(answer(0)[..200], answer(1)[..200]);
    }
}
