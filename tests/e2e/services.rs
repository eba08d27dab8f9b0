//! Several services, several endpoints.

use farcall::{Code, Executed, Fault, Limits, Server, rpc_service};

use crate::support::{Net, WorkClient, WorkServer, Worker, over};

over! {{
    services_share_a_port;
    a_tuple_of_services_shares_a_port;
    two_services_of_one_name_are_refused;
    a_server_has_several_endpoints;
    the_first_endpoint_that_answers_is_taken;
    a_second_listener_is_told_that_the_address_is_in_use;
    limits_out_of_range_are_refused;
}}

#[rpc_service]
trait Second {
    async fn second(&self) -> u8;
}

#[rpc_service]
trait Third {
    async fn third(&self) -> u8;
}

/// Another trait of the same name on the wire.
#[rpc_service(name = "Second")]
trait Twin {
    async fn twin(&self) -> u8;
}

struct One;

impl Second for One {
    async fn second(&self) -> u8 {
        2
    }
}
impl Third for One {
    async fn third(&self) -> u8 {
        3
    }
}
impl Twin for One {
    async fn twin(&self) -> u8 {
        0
    }
}

async fn services_share_a_port(net: Net) {
    let server = net.server().service(WorkServer::new(Worker::default())).service(SecondServer::new(One));
    let server = server.start().await.unwrap();
    let work: WorkClient = net.connect(&server).await;
    let second: SecondClient = net.connect(&server).await;
    assert_eq!(work.add(1, 2).await.unwrap(), 3);
    assert_eq!(second.second().await.unwrap(), 2);
    // And one connection: a client of one is made of the channel of the other.
    let channel = farcall::Client::channel(&work).clone();
    let second = <SecondClient as farcall::Client>::from_channel(channel);
    assert_eq!(second.second().await.unwrap(), 2);
}

async fn a_tuple_of_services_shares_a_port(net: Net) {
    let all = (WorkServer::new(Worker::default()), SecondServer::new(One), ThirdServer::new(One));
    let server = net.serve(all).await;
    assert_eq!(net.connect::<SecondClient>(&server).await.second().await.unwrap(), 2);
    assert_eq!(net.connect::<ThirdClient>(&server).await.third().await.unwrap(), 3);
    assert_eq!(net.connect::<WorkClient>(&server).await.plain(3).await.unwrap(), 4);
}

async fn two_services_of_one_name_are_refused(net: Net) {
    let server = net.server().service((SecondServer::new(One), TwinServer::new(One)));
    let error = server.start().await.unwrap_err();
    assert_eq!(
        (error.code(), error.executed(), error.fault()),
        (Code::InvalidArgument, Executed::No, Fault::Caller)
    );
    assert!(error.message().contains("`Second`"), "{error}");
    // Nothing was left behind on the endpoint.
    let server = net.serve(SecondServer::new(One)).await;
    assert_eq!(net.connect::<SecondClient>(&server).await.second().await.unwrap(), 2);
}

async fn a_server_has_several_endpoints(net: Net) {
    let beside = net.again().serve(SecondServer::new(One)).await;
    let free = beside.endpoints()[0].clone();
    beside.shutdown(std::time::Duration::ZERO).await;
    let server =
        net.server().listen("mem://").listen(free).service(SecondServer::new(One)).start().await.unwrap();
    assert_eq!(server.endpoints().len(), 3);
    for endpoint in server.endpoints() {
        let channel = net.client(std::slice::from_ref(endpoint)).connect().await.unwrap();
        let client = <SecondClient as farcall::Client>::from_channel(channel);
        assert_eq!(client.second().await.unwrap(), 2, "{endpoint}");
    }
}

async fn the_first_endpoint_that_answers_is_taken(net: Net) {
    let gone = net.again().serve(SecondServer::new(One)).await;
    let dead = gone.endpoints()[0].clone();
    gone.shutdown(std::time::Duration::ZERO).await;
    let server = net.serve(SecondServer::new(One)).await;
    let both = [dead, server.endpoints()[0].clone()];
    for channel in [net.client(&both).connect().await.unwrap(), net.client(&both).build().unwrap()] {
        let client = <SecondClient as farcall::Client>::from_channel(channel);
        assert_eq!(client.second().await.unwrap(), 2);
    }
}

async fn a_second_listener_is_told_that_the_address_is_in_use(net: Net) {
    let server = net.serve(SecondServer::new(One)).await;
    let taken = server.endpoints()[0].clone();
    let again =
        Server::builder().transport(net.transport()).listen(taken.clone()).service(SecondServer::new(One));
    let error = again.start().await.unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::Unavailable, Executed::No));
    assert!(error.message().contains(&taken.to_string()), "{error}");
    if taken.scheme() == "mem" {
        assert!(error.message().contains("somebody in this process listens"), "{error}");
    }
    // The first is as good as before.
    assert_eq!(net.connect::<SecondClient>(&server).await.second().await.unwrap(), 2);
}

async fn limits_out_of_range_are_refused(net: Net) {
    let wrong = Limits { max_calls: 1, ..Limits::default() };
    let error = net.server().service(SecondServer::new(One)).limits(wrong.clone()).start().await.unwrap_err();
    assert_eq!(error.message(), "the limit `max_calls` is 1, but has to be 64 to 65536");
    let server = net.serve(SecondServer::new(One)).await;
    let error = net.client(server.endpoints()).limits(wrong.clone()).connect().await.unwrap_err();
    assert_eq!(error.message(), "the limit `max_calls` is 1, but has to be 64 to 65536");
    let error = net.client(server.endpoints()).limits(wrong).build().unwrap_err();
    assert_eq!((error.code(), error.executed()), (Code::InvalidArgument, Executed::No));
}
