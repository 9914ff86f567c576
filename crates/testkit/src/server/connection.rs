//! One connection: requests in, answers and faults out.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufStream};

use super::Shared;
use super::answer::packed_zeros;
use super::request::SeenRequest;
use super::route::{Answer, Fault};

const HTTP: &str = "HTTP/1.1";
/// The time between two bytes of a drip: the slowest that a test has to wait for.
const DRIP: Duration = Duration::from_millis(20);

/// What becomes of a connection after an answer.
enum After {
    Stays,
    Closes,
}

pub(super) async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, shared: &Shared) {
    let mut stream = BufStream::new(stream);
    while let Ok(Some(request)) = SeenRequest::read(&mut stream).await {
        let head_only = request.method == "HEAD";
        let answer = shared
            .answer_to(request)
            .unwrap_or_else(|| Answer::status(404));
        let held = matches!(answer.fault, Some(Fault::Held));
        if held && until_released(&mut stream, shared).await.is_err() {
            break;
        }
        match write(&mut stream, &answer, head_only).await {
            Ok(After::Stays) => {}
            // The other side is gone, or is to see an end.
            Ok(After::Closes) => {
                let _ = stream.shutdown().await;
                return;
            }
            Err(_) => break,
        }
    }
    shared.closed.send_modify(|closed| *closed += 1);
}

async fn write<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufStream<S>,
    answer: &Answer,
    head_only: bool,
) -> io::Result<After> {
    let body = answer.bytes();
    let length = |length: u64| format!("content-length: {length}");
    let chunked = "transfer-encoding: chunked";
    let fault = answer.fault.as_ref();
    let Some(fault) = fault.filter(|fault| !matches!(fault, Fault::Held)) else {
        let has_length = answer
            .headers
            .keys()
            .any(|name| name.eq_ignore_ascii_case("content-length"));
        let framing = (!has_length && !matches!(answer.status, Some(204 | 304)))
            .then(|| length(body.len() as u64));
        stream
            .write_all(answer.head(HTTP, framing.as_deref()).as_bytes())
            .await?;
        if !head_only {
            stream.write_all(&body).await?;
        }
        stream.flush().await?;
        return Ok(After::Stays);
    };
    match fault {
        Fault::Hang => return until_closed(stream).await,
        Fault::HangAfterHeaders => {
            stream
                .write_all(answer.head(HTTP, Some(&length(100))).as_bytes())
                .await?;
            stream.write_all(&body).await?;
            stream.flush().await?;
            return until_closed(stream).await;
        }
        Fault::Drip => {
            stream
                .write_all(answer.head(HTTP, Some(chunked)).as_bytes())
                .await?;
            let mut ticks = tokio::time::interval(DRIP);
            loop {
                ticks.tick().await;
                stream.write_all(b"1\r\n \r\n").await?;
                stream.flush().await?;
            }
        }
        Fault::Close => return Ok(After::Closes),
        Fault::Cut(announced) | Fault::TooShortLength(announced) => {
            stream
                .write_all(answer.head(HTTP, Some(&length(*announced))).as_bytes())
                .await?;
            stream.write_all(&body).await?;
        }
        Fault::CutChunks => {
            stream
                .write_all(answer.head(HTTP, Some(chunked)).as_bytes())
                .await?;
            stream
                .write_all(format!("{:x}\r\n", body.len() + 10).as_bytes())
                .await?;
            stream.write_all(&body).await?;
        }
        Fault::Raw(text) => stream.write_all(text.as_bytes()).await?,
        Fault::Http10 => {
            stream
                .write_all(answer.head("HTTP/1.0", None).as_bytes())
                .await?;
            stream.write_all(&body).await?;
        }
        Fault::Huge(size) => {
            stream
                .write_all(answer.head(HTTP, Some(&length(*size))).as_bytes())
                .await?;
            let block = vec![b'a'; 64 * 1024];
            let mut left = *size;
            while left > 0 {
                let step = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
                stream.write_all(&block[..step]).await?;
                left -= step as u64;
            }
        }
        Fault::HugeChunked(size) => {
            stream
                .write_all(answer.head(HTTP, Some(chunked)).as_bytes())
                .await?;
            let block = vec![b'a'; 64 * 1024];
            let mut left = *size;
            while left > 0 {
                let step = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
                stream.write_all(format!("{step:x}\r\n").as_bytes()).await?;
                stream.write_all(&block[..step]).await?;
                stream.write_all(b"\r\n").await?;
                left -= step as u64;
            }
            stream.write_all(b"0\r\n\r\n").await?;
        }
        Fault::GzipBomb(size) => {
            let packed = packed_zeros(*size);
            let framing = format!("content-encoding: gzip\r\n{}", length(packed.len() as u64));
            stream
                .write_all(answer.head(HTTP, Some(&framing)).as_bytes())
                .await?;
            stream.write_all(&packed).await?;
        }
        Fault::Hops | Fault::Held => {}
    }
    stream.flush().await?;
    Ok(After::Closes)
}

/// Waits until the test lets answers go, or the other side closes.
async fn until_released(stream: &mut (impl AsyncRead + Unpin), shared: &Shared) -> io::Result<()> {
    let mut released = shared.released.subscribe();
    tokio::select! {
        // The sender lives as long as this connection does.
        _ = released.wait_for(|released| *released) => Ok(()),
        ended = until_closed(stream) => ended.map(|_| ()),
    }
}

/// Reads until the other side closes, and says nothing.
async fn until_closed(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<After> {
    let mut rest = [0; 1024];
    while stream.read(&mut rest).await? > 0 {}
    Err(io::ErrorKind::UnexpectedEof.into())
}
