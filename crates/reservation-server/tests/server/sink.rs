//! A small SMTP server that keeps what it is told, in whatever mood a test wants it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::guard::Guard;

/// What is spoken over.
pub trait Stream: AsyncRead + AsyncWrite + Unpin {}

impl<T: AsyncRead + AsyncWrite + Unpin> Stream for T {}

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes everything.
    Takes,
    /// Takes everything, a while after each word.
    Slow,
    /// Hangs up on whoever comes.
    HangsUp,
    /// Says nothing at all.
    Silent,
    /// Has no time for the guest.
    Busy,
    /// Knows no such guest.
    KnowsNobody,
    /// Takes nothing from this sender.
    WantsNothing,
    /// Keeps the message, and breaks the connection instead of saying so.
    KeepsAndDrops,
    /// Answers in no language of SMTP.
    Babbles,
}

/// A message it was given.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub text: String,
}

/// The server; it ends with the test.
#[derive(Clone)]
pub struct Sink {
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    mails: Arc<Mutex<Vec<Mail>>>,
    visits: Arc<Mutex<u32>>,
    /// How many are here, and were at most.
    here: Arc<Mutex<(u32, u32)>>,
    guard: Option<Arc<Guard>>,
}

impl Sink {
    pub async fn open() -> Self {
        Self::behind(None).await
    }

    /// One that is entered with TLS, and after a login.
    pub async fn guarded(guard: Guard) -> Self {
        Self::behind(Some(Arc::new(guard))).await
    }

    async fn behind(guard: Option<Arc<Guard>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sink = Self {
            port: listener.local_addr().unwrap().port(),
            mood: Arc::new(Mutex::new(Mood::Takes)),
            mails: Arc::default(),
            visits: Arc::default(),
            here: Arc::default(),
            guard,
        };
        let own = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *lock(&own.visits) += 1;
                let own = own.clone();
                tokio::spawn(async move {
                    own.comes();
                    match own.guard.clone() {
                        Some(guard) => guard.receive(&own, stream).await,
                        None => own.talk(stream).await,
                    };
                    lock(&own.here).0 -= 1;
                });
            }
        });
        sink
    }

    pub fn is(&self, mood: Mood) {
        *lock(&self.mood) = mood;
    }

    /// How often somebody came.
    pub fn visits(&self) -> u32 {
        *lock(&self.visits)
    }

    /// What stands before it, if anything does.
    pub fn guard(&self) -> Option<&Guard> {
        self.guard.as_deref()
    }

    /// How many were here at once, at most.
    pub fn crowd(&self) -> u32 {
        lock(&self.here).1
    }

    fn comes(&self) {
        let mut here = lock(&self.here);
        here.0 += 1;
        here.1 = here.1.max(here.0);
    }

    pub fn mails(&self) -> Vec<Mail> {
        lock(&self.mails).clone()
    }

    /// The messages, once there are so many.
    pub async fn wait_for(&self, count: usize) -> Vec<Mail> {
        for _ in 0..600 {
            let mails = self.mails();
            if mails.len() >= count {
                return mails;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "{count} messages were expected, and {:?} came",
            self.mails()
        );
    }

    /// Comes back once somebody came again.
    pub async fn wait_for_visit(&self, after: u32) {
        for _ in 0..600 {
            if self.visits() > after {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nobody came");
    }

    async fn talk(&self, stream: impl Stream) -> Option<()> {
        let mood = *lock(&self.mood);
        if mood == Mood::HangsUp {
            return None;
        }
        let mut line = BufReader::new(stream);
        if mood == Mood::Silent {
            let mut said = String::new();
            while line.read_line(&mut said).await.ok()? > 0 {}
            return None;
        }
        say(
            &mut line,
            if mood == Mood::Babbles {
                "hello there"
            } else {
                "220 sink"
            },
        )
        .await?;
        self.listen(&mut line).await
    }

    /// What is said once the greeting is over.
    pub async fn listen(&self, line: &mut BufReader<impl Stream>) -> Option<()> {
        let mut to = String::new();
        loop {
            let mood = *lock(&self.mood);
            if mood == Mood::Slow {
                tokio::time::sleep(Duration::from_millis(150)).await;
            }
            let mut said = String::new();
            if line.read_line(&mut said).await.ok()? == 0 {
                return None;
            }
            let word = said.trim_end().to_ascii_uppercase();
            if word.starts_with("EHLO") {
                say(line, "250-sink\r\n250 8BITMIME").await?;
            } else if word.starts_with("MAIL") && mood == Mood::WantsNothing {
                say(line, "550 not from you").await?;
            } else if word.starts_with("RCPT") && mood == Mood::Busy {
                say(line, &format!("451 {} later", said.trim_end())).await?;
            } else if word.starts_with("RCPT") && mood == Mood::KnowsNobody {
                say(line, &format!("550 {} is unknown", said.trim_end())).await?;
            } else if word.starts_with("RCPT") {
                said.trim_end().clone_into(&mut to);
                say(line, "250 ok").await?;
            } else if word == "DATA" {
                say(line, "354 go on").await?;
                let text = message(line).await?;
                let to = to.trim_start_matches("RCPT TO:<").trim_end_matches('>');
                let to = to.to_owned();
                lock(&self.mails).push(Mail { to, text });
                if mood == Mood::KeepsAndDrops {
                    return None;
                }
                say(line, "250 kept").await?;
            } else if word == "QUIT" {
                return say(line, "221 bye").await;
            } else {
                say(line, "250 ok").await?;
            }
        }
    }
}

pub async fn say(line: &mut BufReader<impl Stream>, what: &str) -> Option<()> {
    line.write_all(format!("{what}\r\n").as_bytes()).await.ok()
}

async fn message(line: &mut BufReader<impl Stream>) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut next = String::new();
        if line.read_line(&mut next).await.ok()? == 0 {
            return None;
        }
        if next == ".\r\n" {
            return Some(text);
        }
        text.push_str(next.strip_prefix('.').unwrap_or(&next));
    }
}

pub fn lock<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}
