//! Where the house's mail goes in a flow: a server that takes every message and keeps it.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::{
    failure::{Failure, Outcome},
    find::{PATIENCE, wait_until},
};

/// The settings of a server that writes to nobody.
const SILENT: &str = "\nby_hand = false\n";

/// A mailbox on a free port of the loopback; it goes away with the flow.
pub struct Mailbox {
    port: u16,
    mails: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Mailbox {
    pub async fn open() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let mails = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&mails);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&kept);
                tokio::spawn(async move {
                    let _the_server_hung_up = talk(stream, &kept).await;
                });
            }
        });
        Ok(Self {
            port,
            mails,
            serving,
        })
    }

    /// Settings with which a server sends its mail here.
    pub fn settings(&self, settings: &str) -> Outcome<String> {
        if !settings.contains(SILENT) {
            return Err(Failure::new("These settings already send mail."));
        }
        let port = self.port;
        let sending = format!(
            "\nsmtp = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nfrom = \"INTERNO <reservas@interno.example>\"\n\
             manage_url = {{ es = \"https://interno.example/es/reserva/\", en = \"https://interno.example/en/reservation/\" }}\n\
             booking_url = {{ es = \"https://interno.example/es/reservar/\", en = \"https://interno.example/en/book/\" }}\n"
        );
        Ok(settings.replacen(SILENT, &sending, 1))
    }

    /// How many messages came whose plain head has this line and whose text, as it travels, has these words.
    fn count(&self, line: &str, words: &str) -> usize {
        let mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |mail: &&String| mail.contains(line) && unfolded(mail).contains(words);
        mails.iter().filter(fits).count()
    }

    /// Waits until so many came.
    pub async fn holds(&self, count: usize, line: &str, words: &str) -> Outcome {
        let there = async || Ok((self.count(line, words) == count).then_some(()));
        let came = wait_until(PATIENCE, there).await?;
        came.ok_or_else(|| {
            let is = self.count(line, words);
            Failure::new(format!(
                "{is} messages with {line} and {words}, not {count}."
            ))
        })
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Long lines are broken on the way (quoted-printable), and a link is one.
fn unfolded(mail: &str) -> String {
    mail.replace("=\r\n", "").replace("=3D", "=")
}

async fn talk(stream: TcpStream, mails: &Mutex<Vec<String>>) -> Outcome {
    let mut line = BufReader::new(stream);
    line.write_all(b"220 mailbox\r\n").await?;
    loop {
        let mut said = String::new();
        if line.read_line(&mut said).await? == 0 {
            return Ok(());
        }
        let answer: &[u8] = match said.trim_end() {
            "DATA" => {
                line.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    if line.read_line(&mut mail).await? == 0 {
                        return Ok(());
                    }
                }
                let mut kept = mails.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push(mail);
                b"250 kept\r\n"
            }
            said if said.starts_with("EHLO") => b"250-mailbox\r\n250 8BITMIME\r\n",
            _ => b"250 ok\r\n",
        };
        line.write_all(answer).await?;
    }
}
