//! Connections: how many, how long they may say nothing, and how the service
//! ends.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How connections are kept.
#[derive(Debug, Clone, Copy)]
pub struct Connections {
    /// How many there may be; who comes later waits.
    pub most: usize,
    /// How long a client may take to send the head of a request; one that is
    /// silent for so long is hung up on.
    pub head: Duration,
    /// How long what was begun may take when the service ends.
    pub grace: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        Self { most: 512, head: Duration::from_secs(10), grace: Duration::from_mins(1) }
    }
}

/// Answers with `router` until `end`, then takes no more, finishes what it
/// has taken, and returns.
pub async fn listen(
    listener: TcpListener,
    router: Router,
    connections: Connections,
    end: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(connections.most));
    let graceful = GracefulShutdown::new();
    let mut end = pin!(end);
    loop {
        let accepted = tokio::select! {
            () = &mut end => break,
            accepted = accept(&listener, &places) => accepted,
        };
        let Some((stream, place)) = accepted else { continue };
        // Small answers need not wait for more.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(connections.head)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // That a client hung up is no business of ours.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(connections.grace) => {
            tracing::warn!("some requests were not finished in time");
        }
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(tokio::net::TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(error) => {
            // Out of file descriptors, say: better soon than at once again.
            tracing::warn!(%error, "a connection could not be taken");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::super::testing::names;
    use super::super::{Access, Limits, router};
    use super::*;

    async fn start(
        limits: Limits,
        connections: Connections,
    ) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, told) = oneshot::channel();
        let router = router(names(), limits, Access::default(), None);
        let end = async {
            let _ = told.await;
        };
        let service = tokio::spawn(listen(listener, router, connections, end));
        (address, tell, service)
    }

    async fn send(address: SocketAddr, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream
    }

    /// What the service says until it hangs up.
    async fn all(mut stream: TcpStream) -> String {
        let mut said = String::new();
        let reading = stream.read_to_string(&mut said);
        let _ = tokio::time::timeout(Duration::from_secs(20), reading).await.expect("an end");
        said
    }

    const HEALTH: &str = "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    const HALF: &str = "POST /v1/attribute HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n\
                        Content-Length: 100\r\n\r\nhalf";

    #[tokio::test]
    async fn who_is_silent_is_hung_up_on() {
        let limits = Limits { sending: Duration::from_millis(200), ..Limits::default() };
        let quick = Connections { head: Duration::from_millis(200), ..Connections::default() };
        let (address, _end, _service) = start(limits, quick).await;
        let silent = send(address, "GET /v1/hea").await;
        let slow = send(address, HALF).await;
        assert!(all(send(address, HEALTH).await).await.starts_with("HTTP/1.1 200"));
        assert!(all(slow).await.starts_with("HTTP/1.1 408"));
        assert!(!all(silent).await.contains("200"));
    }

    #[tokio::test]
    async fn who_finds_no_place_waits_for_one() {
        let narrow = Connections { most: 1, ..Connections::default() };
        let (address, _end, _service) = start(Limits::default(), narrow).await;
        let first = send(address, HALF).await;
        let second = tokio::spawn(all(send(address, HEALTH).await));
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!second.is_finished());
        drop(first);
        assert!(second.await.unwrap().starts_with("HTTP/1.1 200"));
    }

    #[tokio::test]
    async fn the_end_does_not_wait_for_ever() {
        let impatient = Connections { grace: Duration::from_millis(100), ..Connections::default() };
        let (address, end, service) = start(Limits::default(), impatient).await;
        let _hung = send(address, HALF).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        end.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(5), service).await.unwrap().unwrap();
    }
}
