//! A bad network on purpose: a proxy between the browser and the real server, which loses, delays,
//! doubles and garbles what a flow tells it to, and passes everything else on as it is.
//!
//! The whole site comes through it, so pages and API have one origin as always.

mod wire;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

use crate::{failure::Outcome, site::free_port};
use wire::{Answered, Asked};

/// A call: its method, and its path, in which a `*` stands for anything but a slash.
#[derive(Clone, Copy, Debug)]
pub struct Call(pub &'static str, pub &'static str);

pub const CONFIG: Call = Call("GET", "/config.json");
pub const VENUE: Call = Call("GET", "/api/v1/venues/*");
pub const CALENDAR: Call = Call("GET", "/api/v1/venues/*/availability/calendar");
pub const EVENING: Call = Call("GET", "/api/v1/venues/*/availability");
pub const HOLD: Call = Call("POST", "/api/v1/venues/*/reservations");
pub const EXTEND: Call = Call("POST", "/api/v1/reservations/*/extend");
pub const CONFIRM: Call = Call("POST", "/api/v1/reservations/*/confirm");
pub const READ: Call = Call("GET", "/api/v1/reservations/*");
pub const CANCEL: Call = Call("POST", "/api/v1/reservations/*/cancel");
pub const LINKS: Call = Call("POST", "/api/v1/venues/*/link-requests");
/// The same calls of an API that speaks OCTO.
pub mod octo {
    use super::Call;

    pub const SUPPLIER: Call = Call("GET", "/octo/supplier");
    pub const PRODUCT: Call = Call("GET", "/octo/products/*");
    pub const CALENDAR: Call = Call("POST", "/octo/availability/calendar");
    pub const AVAILABILITY: Call = Call("POST", "/octo/availability");
    pub const HOLD: Call = Call("POST", "/octo/bookings");
    pub const EXTEND: Call = Call("POST", "/octo/bookings/*/extend");
    pub const CONFIRM: Call = Call("POST", "/octo/bookings/*/confirm");
    pub const READ: Call = Call("GET", "/octo/bookings/*");
    pub const CHANGE: Call = Call("PATCH", "/octo/bookings/*");
    pub const CANCEL: Call = Call("POST", "/octo/bookings/*/cancel");
}

/// What the app is made of.
pub const WASM: Call = Call("GET", "/assets/interno_bg-*.wasm");
/// What of it comes for the steps behind the first.
pub const PART: Call = Call("GET", "/assets/interno_later-*.wasm");
/// What starts the WebAssembly.
pub const GLUE: Call = Call("GET", "/assets/interno*.js");

/// What would fetch, behind a page's back, the very thing that a flow lets fail.
const WORKER: Call = Call("GET", "/sw.js");

/// An answer that no server of ours gives.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    status: &'static str,
    /// Lines that each end with a line break.
    headers: &'static str,
    body: &'static str,
}

/// A server that says itself what is wrong with it.
pub const PROBLEM: Words = Words {
    status: "500 Internal Server Error",
    headers: "Content-Type: application/problem+json\r\n",
    body: r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#,
};
/// What a gateway says of a server that it does not reach.
pub const GATEWAY: Words = Words {
    status: "502 Bad Gateway",
    headers: "Content-Type: text/html\r\n",
    body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
};
/// JSON that somebody cut.
pub const MALFORMED: Words = Words {
    status: "200 OK",
    headers: "Content-Type: application/json\r\n",
    body: r#"{"mode":"live","days":[{"date":"#,
};
/// JSON in which everything is of another kind.
pub const MISTYPED: Words = Words {
    status: "200 OK",
    headers: "Content-Type: application/json\r\n",
    body: r#"{"id":7,"mode":["live"],"days":{},"slots":"none","status":1,"version":"one","slot":[]}"#,
};
/// A success that says nothing.
pub const EMPTY: Words = Words {
    status: "200 OK",
    headers: "",
    body: "",
};
/// An OCTO server that says itself what is wrong with it.
pub const OCTO_PROBLEM: Words = Words {
    status: "500 Internal Server Error",
    headers: "Content-Type: application/json\r\n",
    body: r#"{"error":"INTERNAL_SERVER_ERROR","errorMessage":""}"#,
};
/// An OCTO server that wants to know who asks.
pub const LOCKED: Words = Words {
    status: "401 Unauthorized",
    headers: "Content-Type: application/json\r\n",
    body: r#"{"error":"UNAUTHORIZED","errorMessage":""}"#,
};
/// Too many calls: a second more, and it may be asked again.
pub const BUSY: Words = Words {
    status: "429 Too Many Requests",
    headers: "Content-Type: application/problem+json\r\nRetry-After: 1\r\n",
    body: r#"{"type":"quota-exceeded","title":"Too many requests","status":429}"#,
};
/// The same, for longer than anybody waits.
pub const BUSY_FOR_LONG: Words = Words {
    status: "429 Too Many Requests",
    headers: "Content-Type: application/problem+json\r\nRetry-After: 120\r\n",
    body: r#"{"type":"quota-exceeded","title":"Too many requests","status":429}"#,
};
/// A page in the place of a file.
pub const PAGE: Words = Words {
    status: "200 OK",
    headers: "Content-Type: text/html\r\n",
    body: "<html><body><h1>Welcome</h1></body></html>",
};
/// No such file.
pub const MISSING: Words = Words {
    status: "404 Not Found",
    headers: "Content-Type: text/html\r\n",
    body: "<html><body><h1>404</h1></body></html>",
};

/// A worker that keeps nothing and asks for nothing.
const IDLE_WORKER: Words = Words {
    status: "200 OK",
    headers: "Content-Type: text/javascript\r\n",
    body: "// Nothing to do.",
};

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// It never reaches the server.
    RequestLost,
    /// The server does what was asked, and nobody hears of it.
    AnswerLost,
    /// The server is asked twice; its second answer is told.
    Doubled,
    /// The server answers at once, and is heard so much later.
    Late(Duration),
    /// These words come in the server's stead, which hears nothing.
    Instead(Words),
    /// The server does what was asked, and these words come of it.
    Garbled(Words),
    /// Half of the answer comes.
    Cut,
    /// The answer comes under this content type.
    Called(&'static str),
    /// In the answer, these words stand at the end of texts.
    Tainted(Texts, &'static str),
    /// The answer is longer by so many megabytes, and still JSON.
    Swollen(usize),
}

/// Which texts of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// Those that are written for people, by their names.
    ForPeople,
    /// Every single one: ids, dates and words of the contract, too.
    All,
}

#[derive(Clone, Copy)]
struct Rule {
    call: Call,
    /// How many calls are passed on before.
    skip: usize,
    times: usize,
    fault: Fault,
}

struct State {
    rules: Vec<Rule>,
    seen: Vec<(String, String)>,
}

/// The network between one browser and its server.
pub struct Faults {
    port: u16,
    server: u16,
    state: Arc<Mutex<State>>,
    listener: Mutex<Option<JoinHandle<()>>>,
}

impl Call {
    fn is(self, method: &str, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        let fits = match self.1.split_once('*') {
            None => path == self.1,
            Some((before, after)) => path
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|rest| !rest.contains('/')),
        };
        method == self.0 && fits
    }
}

impl State {
    fn with_idle_worker() -> Self {
        let idle = Rule {
            call: WORKER,
            skip: 0,
            times: usize::MAX,
            fault: Fault::Instead(IDLE_WORKER),
        };
        Self {
            rules: vec![idle],
            seen: Vec::new(),
        }
    }

    /// Notes a call, and says what goes wrong with it.
    fn met(&mut self, method: &str, path: &str) -> Option<Fault> {
        self.seen.push((method.to_owned(), path.to_owned()));
        let at = self
            .rules
            .iter()
            .position(|rule| rule.times > 0 && rule.call.is(method, path))?;
        let rule = self.rules.get_mut(at)?;
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        rule.times -= 1;
        Some(rule.fault)
    }
}

impl Faults {
    /// A network without faults, in front of the server on this port.
    pub async fn start(server: u16) -> Outcome<Self> {
        let faults = Self {
            port: free_port().await?,
            server,
            state: Arc::new(Mutex::new(State::with_idle_worker())),
            listener: Mutex::default(),
        };
        faults.comes_back().await?;
        Ok(faults)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the browser finds the site.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Nobody listens any more, as where there is no network.
    pub async fn goes_away(&self) {
        let gone = {
            let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
            listener.take()
        };
        if let Some(task) = gone {
            task.abort();
            let _it_was_ended = task.await;
        }
    }

    /// Listens (again), on the same port.
    pub async fn comes_back(&self) -> Outcome {
        let socket = TcpListener::bind(("127.0.0.1", self.port)).await?;
        let (server, state) = (self.server, self.state.clone());
        let task = tokio::spawn(async move {
            while let Ok((browser, _)) = socket.accept().await {
                tokio::spawn(serve(browser, server, state.clone()));
            }
        });
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        *listener = Some(task);
        Ok(())
    }

    /// Something goes wrong with the next such call.
    pub fn next(&self, call: Call, fault: Fault) {
        self.after(call, 0, fault);
    }

    /// Something goes wrong with the call after so many of its kind.
    pub fn after(&self, call: Call, skip: usize, fault: Fault) {
        let times = 1;
        self.state().rules.push(Rule {
            call,
            skip,
            times,
            fault,
        });
    }

    /// Something goes wrong with every such call, until it is mended.
    pub fn always(&self, call: Call, fault: Fault) {
        let (skip, times) = (0, usize::MAX);
        self.state().rules.push(Rule {
            call,
            skip,
            times,
            fault,
        });
    }

    /// Nothing goes wrong any more.
    pub fn mended(&self) {
        self.state().rules.clear();
    }

    /// How many such calls the browser has made.
    pub fn seen(&self, call: Call) -> usize {
        let state = self.state();
        let seen = state.seen.iter();
        seen.filter(|(method, path)| call.is(method, path)).count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        let listener = self.listener.get_mut();
        if let Some(task) = listener.unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

/// One call on one connection. Whatever goes wrong unasked closes it, as a network would.
async fn serve(mut browser: TcpStream, server: u16, state: Arc<Mutex<State>>) {
    let Ok(Some(asked)) = Asked::read(&mut browser).await else {
        return;
    };
    let fault = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.met(&asked.method, &asked.path)
    };
    if let Some(answer) = answer(&asked, server, fault).await {
        let _the_browser_may_be_gone = answer.write(&mut browser).await;
    }
}

/// What comes back; nothing where the connection is only closed.
async fn answer(asked: &Asked, server: u16, fault: Option<Fault>) -> Option<Answered> {
    match fault {
        Some(Fault::RequestLost) => return None,
        Some(Fault::Instead(words)) => return Some(Answered::of(words)),
        _ => {}
    }
    let mut answer = asked.pass_on(server).await.ok()?;
    match fault {
        Some(Fault::AnswerLost) => return None,
        Some(Fault::Doubled) => answer = asked.pass_on(server).await.ok()?,
        Some(Fault::Late(time)) => sleep(time).await,
        Some(Fault::Garbled(words)) => return Some(Answered::of(words)),
        Some(Fault::Cut) => answer.cut(),
        Some(Fault::Called(kind)) => answer.call(kind),
        Some(Fault::Tainted(texts, words)) => answer.taint(texts, words).ok()?,
        Some(Fault::Swollen(megabytes)) => answer.swell(megabytes).ok()?,
        _ => {}
    }
    Some(answer)
}
