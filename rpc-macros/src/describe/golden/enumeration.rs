#[automatically_derived]
impl ::farcall::__private::Describe for Stroke {
    fn describe(__descriptions: &mut ::farcall::__private::Descriptions) {
        if ::farcall::__private::Descriptions::add::<
            Self,
        >(
            __descriptions,
            || {
                ::farcall::__private::Notes::new("")
                    .with_member(
                        ::farcall::__private::MemberNotes::new(
                                "From one place to another.",
                            )
                            .with_number(2),
                    )
                    .with_member(
                        ::farcall::__private::MemberNotes::new("")
                            .with_field(
                                ::farcall::__private::MemberNotes::new("Its middle.")
                                    .with_number(1),
                            )
                            .with_field(::farcall::__private::MemberNotes::new("")),
                    )
                    .with_member(::farcall::__private::MemberNotes::new(""))
            },
        ) {
            ::farcall::__private::note!(__descriptions, Point, Point, Point);
        }
    }
}
