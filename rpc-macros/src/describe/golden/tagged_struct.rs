#[automatically_derived]
impl ::farcall::__private::Describe for Tagged {
    fn describe(__descriptions: &mut ::farcall::__private::Descriptions) {
        ::farcall::__private::Descriptions::add::<
            Self,
        >(
            __descriptions,
            || {
                ::farcall::__private::Notes::new("")
                    .with_member(
                        ::farcall::__private::MemberNotes::new("").with_number(1),
                    )
            },
        );
    }
}
