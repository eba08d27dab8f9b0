//! A service of fifty methods, as those of a shop have: what its types are has to be found once in a process.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};

use farcall::rpc_service;
use futures::Stream;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Filter {
    text: Option<String>,
    from: Option<SystemTime>,
    limit: u32,
    order: SortBy,
}

#[derive(Serialize, Deserialize)]
pub(crate) enum SortBy {
    Newest,
    Name { descending: bool },
    Custom(String),
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Money {
    cents: i64,
    currency: [u8; 3],
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Address {
    street: String,
    city: String,
    country: String,
    place: Option<(f64, f64)>,
}

#[derive(Serialize, Deserialize)]
pub(crate) enum Failure {
    NotFound,
    Refused { why: String },
    Conflict(u64, u64),
    Busy(Duration),
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Account {
    id: u64,
    name: String,
    emails: Vec<String>,
    address: Option<Address>,
    balance: Money,
    role: Role,
    settings: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Order {
    id: u64,
    account: u64,
    lines: Vec<Line>,
    total: Money,
    state: State,
    ship_to: Address,
    notes: HashMap<String, Vec<String>>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Product {
    id: u64,
    name: String,
    price: Money,
    tags: Vec<String>,
    size: Option<(u32, u32, u32)>,
    category: Category,
    image: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Invoice {
    id: u64,
    order: u64,
    sums: BTreeMap<u16, Money>,
    due: SystemTime,
    paid: Option<Payment>,
    reminders: Vec<SystemTime>,
    address: Address,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Shipment {
    id: u64,
    order: u64,
    parcels: Vec<Parcel>,
    from: Address,
    to: Address,
    events: Vec<Event>,
    insured: Option<Money>,
}

#[derive(Serialize, Deserialize)]
pub(crate) enum Role {
    Guest,
    Customer { since: SystemTime },
    Staff(Vec<String>),
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Line {
    product: u64,
    count: u32,
    price: Money,
    discount: Option<f32>,
}

#[derive(Serialize, Deserialize)]
pub(crate) enum State {
    Open,
    Paid(Payment),
    Shipped { shipment: u64, at: SystemTime },
    Cancelled { why: String },
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Payment {
    at: SystemTime,
    amount: Money,
    by: Means,
}

#[derive(Serialize, Deserialize)]
pub(crate) enum Means {
    Card { digits: String, expires: (u8, u16) },
    Transfer(String),
    Cash,
}

/// Contains itself.
#[derive(Serialize, Deserialize)]
pub(crate) struct Category {
    name: String,
    within: Option<Box<Category>>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Parcel {
    weight: f32,
    size: (u16, u16, u16),
    code: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Event {
    at: SystemTime,
    place: Option<(f64, f64)>,
    what: String,
}

#[rpc_service]
pub(crate) trait Shop {
    async fn get_account(&self, id: u64) -> Result<Account, Failure>;
    async fn list_accounts(&self, filter: Filter, page: Option<String>) -> Result<Page<Account>, Failure>;
    async fn create_account(&self, account: Account) -> Result<u64, Failure>;
    async fn update_account(&self, id: u64, account: &Account, version: u64) -> Result<Account, Failure>;
    async fn delete_account(&self, id: u64, force: bool) -> Result<(), Failure>;
    async fn count_accounts(&self, filter: Filter) -> u64;
    fn watch_accounts(&self, filter: Filter) -> impl Stream<Item = Result<Account, Failure>> + Send;
    async fn import_accounts(&self, accounts: impl Stream<Item = Account> + Send) -> Result<u64, Failure>;
    async fn history_of_account(&self, id: u64) -> Result<Vec<(u64, Account)>, Failure>;
    async fn label_account(
        &self,
        id: u64,
        labels: BTreeMap<String, Option<String>>,
    ) -> Result<Account, Failure>;
    async fn get_order(&self, id: u64) -> Result<Order, Failure>;
    async fn list_orders(&self, filter: Filter, page: Option<String>) -> Result<Page<Order>, Failure>;
    async fn create_order(&self, order: Order) -> Result<u64, Failure>;
    async fn update_order(&self, id: u64, order: &Order, version: u64) -> Result<Order, Failure>;
    async fn delete_order(&self, id: u64, force: bool) -> Result<(), Failure>;
    async fn count_orders(&self, filter: Filter) -> u64;
    fn watch_orders(&self, filter: Filter) -> impl Stream<Item = Result<Order, Failure>> + Send;
    async fn import_orders(&self, orders: impl Stream<Item = Order> + Send) -> Result<u64, Failure>;
    async fn history_of_order(&self, id: u64) -> Result<Vec<(u64, Order)>, Failure>;
    async fn label_order(&self, id: u64, labels: BTreeMap<String, Option<String>>) -> Result<Order, Failure>;
    async fn get_product(&self, id: u64) -> Result<Product, Failure>;
    async fn list_products(&self, filter: Filter, page: Option<String>) -> Result<Page<Product>, Failure>;
    async fn create_product(&self, product: Product) -> Result<u64, Failure>;
    async fn update_product(&self, id: u64, product: &Product, version: u64) -> Result<Product, Failure>;
    async fn delete_product(&self, id: u64, force: bool) -> Result<(), Failure>;
    async fn count_products(&self, filter: Filter) -> u64;
    fn watch_products(&self, filter: Filter) -> impl Stream<Item = Result<Product, Failure>> + Send;
    async fn import_products(&self, products: impl Stream<Item = Product> + Send) -> Result<u64, Failure>;
    async fn history_of_product(&self, id: u64) -> Result<Vec<(u64, Product)>, Failure>;
    async fn label_product(
        &self,
        id: u64,
        labels: BTreeMap<String, Option<String>>,
    ) -> Result<Product, Failure>;
    async fn get_invoice(&self, id: u64) -> Result<Invoice, Failure>;
    async fn list_invoices(&self, filter: Filter, page: Option<String>) -> Result<Page<Invoice>, Failure>;
    async fn create_invoice(&self, invoice: Invoice) -> Result<u64, Failure>;
    async fn update_invoice(&self, id: u64, invoice: &Invoice, version: u64) -> Result<Invoice, Failure>;
    async fn delete_invoice(&self, id: u64, force: bool) -> Result<(), Failure>;
    async fn count_invoices(&self, filter: Filter) -> u64;
    fn watch_invoices(&self, filter: Filter) -> impl Stream<Item = Result<Invoice, Failure>> + Send;
    async fn import_invoices(&self, invoices: impl Stream<Item = Invoice> + Send) -> Result<u64, Failure>;
    async fn history_of_invoice(&self, id: u64) -> Result<Vec<(u64, Invoice)>, Failure>;
    async fn label_invoice(
        &self,
        id: u64,
        labels: BTreeMap<String, Option<String>>,
    ) -> Result<Invoice, Failure>;
    async fn get_shipment(&self, id: u64) -> Result<Shipment, Failure>;
    async fn list_shipments(&self, filter: Filter, page: Option<String>) -> Result<Page<Shipment>, Failure>;
    async fn create_shipment(&self, shipment: Shipment) -> Result<u64, Failure>;
    async fn update_shipment(&self, id: u64, shipment: &Shipment, version: u64) -> Result<Shipment, Failure>;
    async fn delete_shipment(&self, id: u64, force: bool) -> Result<(), Failure>;
    async fn count_shipments(&self, filter: Filter) -> u64;
    fn watch_shipments(&self, filter: Filter) -> impl Stream<Item = Result<Shipment, Failure>> + Send;
    async fn import_shipments(&self, shipments: impl Stream<Item = Shipment> + Send) -> Result<u64, Failure>;
    async fn history_of_shipment(&self, id: u64) -> Result<Vec<(u64, Shipment)>, Failure>;
    async fn label_shipment(
        &self,
        id: u64,
        labels: BTreeMap<String, Option<String>>,
    ) -> Result<Shipment, Failure>;
}
