use std::cell::Cell;
use std::future::Future;
use std::sync::Arc;

use capnp::capability::{Rc, Response};
use capnp_rpc::RpcSystem;
use capnp_rpc::rpc_twoparty_capnp::Side;
use send_wrapper::SendWrapper;
use tokio::net::TcpStream;
use tokio::task::{self, AbortHandle};

use super::bench_capnp::bench::{self, echo_results, numbers};
use super::network::network;
use crate::peers::Client;

#[derive(Clone)]
pub struct Connection {
    bench: SendWrapper<bench::Client>,
    _system: Arc<System>,
}

/// The connection itself, which would outlive the last capability.
struct System(AbortHandle);

impl Drop for System {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Connection {
    pub(super) async fn open(address: String) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        let mut system = RpcSystem::new(network(stream, Side::Client), None);
        let bench: bench::Client = system.bootstrap(Side::Server);
        let system = System(task::spawn_local(system).abort_handle());
        let connection = Self { bench: SendWrapper::new(bench), _system: Arc::new(system) };
        // The first call fetches the server's capability.
        connection.add(0, 0).await;
        connection
    }
}

impl Client for Connection {
    type Payload = Vec<u8>;
    type Reply = Echo;

    fn add(&self, a: i64, b: i64) -> impl Future<Output = i64> + Send {
        SendWrapper::new(async move {
            let mut request = self.bench.add_request();
            request.get().set_a(a);
            request.get().set_b(b);
            let response = request.send().promise.await.expect("a reply");
            response.get().expect("a sum").get_sum()
        })
    }

    fn echo(&self, payload: &Vec<u8>) -> impl Future<Output = Echo> + Send {
        SendWrapper::new(async move {
            let mut request = self.bench.echo_request();
            request.get().set_payload(payload);
            Echo(SendWrapper::new(request.send().promise.await.expect("an echo")))
        })
    }

    fn count(&self, count: u64) -> impl Future<Output = u64> + Send {
        SendWrapper::new(async move {
            let sum = Rc::new(Sum(Cell::new(0)));
            let mut request = self.bench.count_request();
            request.get().set_count(count);
            request.get().set_into(capnp_rpc::new_client_from_rc(sum.clone()));
            request.send().promise.await.expect("a stream");
            sum.0.get()
        })
    }
}

/// The message that came, in which the payload is read.
pub struct Echo(SendWrapper<Response<echo_results::Owned>>);

impl AsRef<[u8]> for Echo {
    fn as_ref(&self) -> &[u8] {
        self.0.get().and_then(|reply| reply.get_payload()).expect("a payload")
    }
}

/// Adds up what the server sends to it.
struct Sum(Cell<u64>);

impl numbers::Server for Sum {
    async fn item(self: Rc<Self>, params: numbers::ItemParams) -> Result<(), capnp::Error> {
        self.0.set(self.0.get() + params.get()?.get_number());
        Ok(())
    }

    async fn done(
        self: Rc<Self>,
        _: numbers::DoneParams,
        _: numbers::DoneResults,
    ) -> Result<(), capnp::Error> {
        Ok(())
    }
}
