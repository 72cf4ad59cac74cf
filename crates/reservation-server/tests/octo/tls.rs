//! Whom the key is told: only who has a certificate for its name, from somebody the machine trusts.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use octo_double::PRODUCT;
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio_rustls::TlsAcceptor;

use crate::front::settings;
use crate::secrets::start_with;
use crate::supplier::KEY;

type Heard = Arc<Mutex<Vec<String>>>;

/// A certificate for `localhost`, for a hundred years, signed by itself; its key, which opens nothing but this
/// test; and a stranger's certificate.
const CERTIFICATE: &[u8] = include_bytes!("tls/localhost.der");
const PRIVATE: &[u8] = include_bytes!("tls/localhost-key.der");
const STRANGER: &[u8] = include_bytes!("tls/stranger.der");

/// As the system's own certificates are written.
fn pem(certificate: &[u8]) -> String {
    let text = STANDARD.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

/// Serves the product over TLS.
async fn serve() -> (SocketAddr, Heard) {
    let key = PrivatePkcs8KeyDer::from(PRIVATE);
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CERTIFICATE.into()], PrivateKeyDer::from(key))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Heard::default();
    let all = Arc::clone(&heard);
    tokio::spawn(async move {
        let body = json!({"id": PRODUCT, "options": []}).to_string();
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut bytes = vec![0; 4096];
            let length = stream.read(&mut bytes).await.unwrap_or(0);
            let call = String::from_utf8_lossy(&bytes[..length]).into_owned();
            all.lock().await.push(call);
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (address, heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_told_to_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (ours, other) = (folder.join("ours.pem"), folder.join("other.pem"));
    fs::write(&ours, pem(CERTIFICATE)).unwrap();
    fs::write(&other, pem(STRANGER)).unwrap();
    let (address, heard) = serve().await;
    for (host, trusted, answered) in [
        ("localhost", &other, false),
        ("127.0.0.1", &ours, false),
        ("localhost", &ours, true),
    ] {
        let base = format!("https://{host}:{}/octo", address.port());
        fs::write(folder.join("octo.toml"), settings(&base, &[])).unwrap();
        let trust = trusted.to_str().unwrap();
        let (_server, front) =
            start_with(folder, &[("SSL_CERT_FILE", trust), ("OCTO_API_KEY", KEY)]);
        let health = reqwest::get(format!("{front}/api/v1/health"))
            .await
            .unwrap();
        assert_eq!(health.status() == 200, answered, "{host}, {trust}");
        let heard = heard.lock().await;
        assert_eq!(heard.len(), usize::from(answered), "{heard:?}");
        assert!(heard.iter().all(|head| head.contains(KEY)), "{heard:?}");
    }
}
