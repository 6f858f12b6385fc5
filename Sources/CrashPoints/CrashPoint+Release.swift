#if !DEBUG
    /// A crash point of a release build, which is nothing: to name one and to pass it leaves no instruction behind.
    ///
    /// It takes any name, so that the names themselves are not in the program either; a debug build checks them. Public, because
    /// the compiler inlines nothing less into other modules. The image check looks for what may be left.
    @dynamicMemberLookup
    public struct CrashPoint: Sendable {
        @inlinable public static subscript(dynamicMember name: StaticString) -> CrashPoint { CrashPoint() }

        @inlinable public init() {}

        @inlinable public func pass() {}
    }
#endif
