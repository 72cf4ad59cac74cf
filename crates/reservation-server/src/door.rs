//! Connections: how many there are at once, and how long one may say nothing.
//!
//! Whoever opens a thousand and tells each of them a letter a minute keeps a server busy with nothing. So the
//! head of a call has to arrive in time, and so does the next call on a connection that is kept open; more
//! connections than there are places for wait outside until one ends.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt;

use crate::metrics::{Metrics, Open};

/// How long no connection is taken after the system refused one, as it does where it has no files left.
const REFUSED: Duration = Duration::from_secs(1);

/// What connections may do.
#[derive(Clone, Debug)]
pub struct Rules {
    /// So many at once.
    pub connections: u32,
    /// How long the head of a call may take, and the wait for the next one.
    pub head: Duration,
    /// Where they are counted.
    pub metrics: Metrics,
}

/// Serves until told to stop, and then until every call under way is answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    rules: Rules,
    mut stopped: watch::Receiver<bool>,
) {
    let router = router.with_state(());
    let places = Arc::new(Semaphore::new(rules.connections as usize));
    let stop = stopped.clone();
    let taking = async {
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let router = router.clone();
                    let talk = talk(stream, peer, router, rules.head, stop.clone());
                    let open = rules.metrics.connected();
                    tokio::spawn(until_it_ends(talk, (place, open)));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(REFUSED).await;
                }
            }
        }
    };
    tokio::select! {
        () = taking => {}
        () = told(&mut stopped) => {}
    }
    drop(listener);
    // Every place is free when the last connection has ended.
    let _all = places.acquire_many(rules.connections).await;
}

async fn told(stopped: &mut watch::Receiver<bool>) {
    // A server that is gone without a word tells nothing either.
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn until_it_ends(talk: impl Future<Output = ()>, place: (OwnedSemaphorePermit, Open)) {
    talk.await;
    drop(place);
}

/// One connection, call after call.
async fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    head: Duration,
    mut stopped: watch::Receiver<bool>,
) {
    // A file's head and body are two writes, and the second would wait for the first to be acknowledged:
    // forty milliseconds on a connection that is kept open.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection stays slow");
    }
    let asked = AtomicBool::new(false);
    let calls = service_fn(|request: Request<Incoming>| {
        asked.store(true, Ordering::Relaxed);
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), calls));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = told(&mut stopped) => {
            if !asked.load(Ordering::Relaxed) {
                // Opened in advance, as browsers do: nobody waits for an answer.
                return;
            }
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
