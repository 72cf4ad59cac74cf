//! WebDriver `BiDi`, as much as is needed: commands, and the events that came meanwhile.
//!
//! Written here because a driver on this machine is spoken to without TLS, and the `WebDriver`
//! client's own has TLS always.

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use thirtyfour::WebDriver;
use tokio::{net::TcpStream, sync::Mutex};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use crate::failure::{Failure, Outcome};

/// The second channel of one session.
pub struct BiDi {
    socket: Mutex<WebSocketStream<MaybeTlsStream<TcpStream>>>,
    events: Mutex<Vec<Value>>,
    commands: AtomicU64,
}

impl BiDi {
    /// Opens the channel of a session that asked for it with `webSocketUrl`.
    pub async fn of(session: &WebDriver) -> Outcome<Self> {
        let capabilities = session.capabilities();
        let url = capabilities.get("webSocketUrl").and_then(Value::as_str);
        let url = url.ok_or_else(|| Failure::new("The session has no BiDi channel."))?;
        let (socket, _answer) = connect_async(url).await?;
        Ok(Self {
            socket: Mutex::new(socket),
            events: Mutex::default(),
            commands: AtomicU64::new(1),
        })
    }

    /// Sends a command and waits for its answer; events before it are kept.
    pub async fn send(&self, method: &str, params: Value) -> Outcome<Value> {
        let id = self.commands.fetch_add(1, Ordering::Relaxed);
        let command = json!({ "id": id, "method": method, "params": params });
        let mut socket = self.socket.lock().await;
        socket.send(Message::text(command.to_string())).await?;
        while let Some(message) = socket.next().await {
            let Message::Text(text) = message? else {
                continue;
            };
            let mut message: Value = serde_json::from_str(&text)?;
            match message.get("type").and_then(Value::as_str) {
                Some("event") => self.events.lock().await.push(message),
                Some("success") if message.get("id") == Some(&id.into()) => {
                    return Ok(message
                        .get_mut("result")
                        .map(Value::take)
                        .unwrap_or_default());
                }
                _ => return Err(Failure::new(format!("{method} was answered: {message}"))),
            }
        }
        Err(Failure::new(format!("{method}: the channel was closed.")))
    }

    /// What happened until now: events and answers come one after the other, so whatever was
    /// before this question is here when its answer is.
    pub async fn events(&self) -> Outcome<Vec<Value>> {
        self.send("session.status", json!({})).await?;
        Ok(std::mem::take(&mut *self.events.lock().await))
    }
}
