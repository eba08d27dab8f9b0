#[automatically_derived]
impl ::farcall::__private::Describe for Plain {
    fn describe(__descriptions: &mut ::farcall::__private::Descriptions) {
        if ::farcall::__private::Descriptions::add::<
            Self,
        >(__descriptions, || ::farcall::__private::Notes::new("")) {
            ::farcall::__private::note!(__descriptions, Inner);
        }
    }
}
