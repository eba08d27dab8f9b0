use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use farcall::transport::faulty::{Faults, FaultyTransport};
use farcall::{
    Client, ClientBuilder, Code, Endpoint, Limits, RunningServer, Server, ServerBuilder, Services, Shards,
    Timeout, Transport, TransportRegistry,
};

use super::{WorkClient, WorkServer, Worker};

/// Where the servers of a test listen, and over what.
#[derive(Clone)]
pub(crate) struct Net {
    transport: Arc<dyn Transport>,
    listen: Endpoint,
    slow: bool,
    shards: Shards,
}

/// So that a stalled machine shows as a hang, not as a deadline that passed.
const PATIENCE: Timeout = Timeout::After(Duration::from_secs(60));

impl Net {
    pub(crate) fn mem() -> Self {
        Self::new("mem://")
    }

    pub(crate) fn tcp() -> Self {
        Self::new("tcp://127.0.0.1:0")
    }

    pub(crate) fn unix() -> Self {
        let path = std::env::temp_dir().join(format!("{}.sock", fresh()));
        Self::new(&format!("unix://{}", path.display()))
    }

    pub(crate) fn abstract_unix() -> Self {
        Self::new(&format!("unix://@{}", fresh()))
    }

    pub(crate) fn faulty_mem() -> Self {
        Self::mem().faulty(Faults::one_byte())
    }

    pub(crate) fn faulty_tcp() -> Self {
        Self::tcp().faulty(Faults::one_byte())
    }

    /// Its servers have threads of their own.
    pub(crate) fn sharded_tcp() -> Self {
        Self { shards: Shards::Count(2), ..Self::tcp() }
    }

    fn new(listen: &str) -> Self {
        let listen = listen.parse().unwrap();
        Self { transport: TransportRegistry::global(), listen, slow: false, shards: Shards::Off }
    }

    /// A place beside this one.
    pub(crate) fn again(&self) -> Self {
        let listen = match self.listen.scheme() {
            "unix" if self.listen.address().starts_with('@') => Self::abstract_unix().listen,
            "unix" => Self::unix().listen,
            _ => self.listen.clone(),
        };
        Self { listen, ..self.clone() }
    }

    fn faulty(self, faults: Faults) -> Self {
        let transport = Arc::new(FaultyTransport::new(Arc::clone(&self.transport), faults));
        Self { slow: true, ..self.over(transport) }
    }

    /// The same, over a transport that wraps this one's.
    pub(crate) fn over(self, transport: Arc<dyn Transport>) -> Self {
        Self { transport, ..self }
    }

    pub(crate) fn transport(&self) -> Arc<dyn Transport> {
        Arc::clone(&self.transport)
    }

    /// Bytes pass one at a time: megabytes would take minutes.
    pub(crate) fn is_slow(&self) -> bool {
        self.slow
    }

    /// Where bytes are slow, so little goes into a frame that messages in chunks need not be large.
    pub(crate) fn limits(&self) -> Limits {
        let usual = Limits::default();
        if self.slow {
            // What streams are ahead has to pass before a call does.
            Limits { max_frame: Limits::FLOOR_FRAME, max_stream_items: 1_024, ..usual }
        } else {
            usual
        }
    }

    pub(crate) fn server(&self) -> ServerBuilder {
        self.server_at(&self.listen)
    }

    pub(crate) async fn serve(&self, services: impl Services) -> RunningServer {
        self.server().service(services).start().await.unwrap()
    }

    /// A server that listens where `before` did.
    pub(crate) fn server_at(&self, before: &Endpoint) -> ServerBuilder {
        Server::builder().transport(self.transport()).listen(before.clone()).shards(self.shards)
    }

    /// Listens where `before` did.
    pub(crate) async fn serve_again(&self, before: &Endpoint, services: impl Services) -> RunningServer {
        self.server_at(before).service(services).start().await.unwrap()
    }

    /// Listens where `before` did, which a server that was only dropped may hold a moment longer.
    pub(crate) async fn restart(&self, before: &Endpoint, worker: &Arc<Worker>) -> RunningServer {
        loop {
            let service = WorkServer::from_arc(Arc::clone(worker));
            match self.server_at(before).service(service).start().await {
                Ok(server) => return server,
                Err(error) if error.code() == Code::Unavailable => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        }
    }

    pub(crate) fn client(&self, endpoints: &[Endpoint]) -> ClientBuilder {
        ClientBuilder::new(endpoints.to_vec(), self.transport()).timeout(PATIENCE)
    }

    pub(crate) async fn connect<C: Client>(&self, server: &RunningServer) -> C {
        C::from_channel(self.client(server.endpoints()).connect().await.unwrap())
    }

    /// A worker, its server and a client.
    pub(crate) async fn pair(&self) -> Pair {
        self.pair_with(self.limits(), self.limits()).await
    }

    pub(crate) async fn pair_with(&self, servers: Limits, clients: Limits) -> Pair {
        let worker = Arc::new(Worker::default());
        let service = WorkServer::from_arc(Arc::clone(&worker));
        let server = self.server().service(service).limits(servers).start().await.unwrap();
        let channel = self.client(server.endpoints()).limits(clients).connect().await.unwrap();
        Pair { server, client: WorkClient::from_channel(channel), worker }
    }
}

pub(crate) struct Pair {
    pub(crate) server: RunningServer,
    pub(crate) client: WorkClient,
    pub(crate) worker: Arc<Worker>,
}

/// A name that nobody else has.
fn fresh() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("farcall-e2e-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
