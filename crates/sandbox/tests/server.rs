//! The sandbox over a real socket on loopback: started, reached, stopped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use latchwork_sandbox::{Sandbox, SandboxError, SandboxOptions, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

async fn front_page(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Another program's port.
async fn taken_port() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

#[tokio::test]
async fn it_answers_where_it_says_and_its_port_is_free_after_shutdown() {
    // Not the default port: another test's sandbox takes that as soon as it is free.
    let (listener, port) = taken_port().await;
    drop(listener);
    let options = SandboxOptions {
        port: Some(port),
        ..SandboxOptions::default()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    assert_eq!(sandbox.port(), port);
    assert_eq!(sandbox.base_url(), format!("http://127.0.0.1:{port}"));
    let page = front_page(port).await.unwrap();
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(page.contains(sandbox.base_url()));
    sandbox.shutdown().await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
}

#[tokio::test]
async fn two_sandboxes_run_side_by_side_on_ports_of_their_own() {
    let first = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let second = Sandbox::start(SandboxOptions::default()).await.unwrap();
    assert_ne!(first.port(), second.port());
    for sandbox in [&first, &second] {
        let page = front_page(sandbox.port()).await.unwrap();
        assert!(page.contains(sandbox.base_url()), "each answers for itself");
    }
}

#[tokio::test]
async fn z14_a_port_that_was_asked_for_and_is_taken_is_named_and_no_other_is_used() {
    let (_listener, port) = taken_port().await;
    let options = SandboxOptions {
        port: Some(port),
        ..SandboxOptions::default()
    };
    let error = Sandbox::start(options)
        .await
        .expect_err("the port is taken");
    assert!(matches!(error, SandboxError::PortTaken { port: named } if named == port));
    assert_eq!(
        error.to_string(),
        format!("port {port} on 127.0.0.1 is taken by another program")
    );
}

#[tokio::test]
async fn dropping_it_ends_the_connections_that_are_open() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", sandbox.port()))
        .await
        .unwrap();
    stream
        .write_all(b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 15];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    drop(sandbox);
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
}

#[tokio::test]
async fn serving_tells_where_it_is_and_ends_when_told_to() {
    let (ready, is_ready) = oneshot::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(serve(
        SandboxOptions::default(),
        move |base_url| drop(ready.send(base_url.to_owned())),
        async move { drop(stopped.await) },
    ));
    let base_url = is_ready.await.unwrap();
    let port = base_url.rsplit(':').next().unwrap().parse().unwrap();
    assert!(front_page(port).await.unwrap().contains("Harbour CRM"));
    stop.send(()).unwrap();
    served.await.unwrap().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
}
