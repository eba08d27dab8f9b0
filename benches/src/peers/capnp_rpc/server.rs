use capnp::capability::Rc;
use capnp_rpc::RpcSystem;
use capnp_rpc::rpc_twoparty_capnp::Side;
use tokio::net::TcpListener;
use tokio::task;

use super::bench_capnp::bench;
use super::network::network;

struct Handler;

impl bench::Server for Handler {
    async fn add(
        self: Rc<Self>,
        params: bench::AddParams,
        mut results: bench::AddResults,
    ) -> Result<(), capnp::Error> {
        let params = params.get()?;
        results.get().set_sum(params.get_a() + params.get_b());
        Ok(())
    }

    async fn echo(
        self: Rc<Self>,
        params: bench::EchoParams,
        mut results: bench::EchoResults,
    ) -> Result<(), capnp::Error> {
        results.get().set_payload(params.get()?.get_payload()?);
        Ok(())
    }

    async fn count(
        self: Rc<Self>,
        params: bench::CountParams,
        _: bench::CountResults,
    ) -> Result<(), capnp::Error> {
        let (count, into) = (params.get()?.get_count(), params.get()?.get_into()?);
        for number in 0..count {
            let mut item = into.item_request();
            item.get().set_number(number);
            item.send().await?;
        }
        into.done_request().send().promise.await?;
        Ok(())
    }
}

pub(super) async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    task::spawn_local(async move {
        let handler: bench::Client = capnp_rpc::new_client(Handler);
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            let system = RpcSystem::new(network(stream, Side::Server), Some(handler.clone().client));
            task::spawn_local(system);
        }
    });
    address
}
