import Synchronization

/// A wish from outside, such as a signal's, that a training stop after its step. To look at it is one atomic load.
public final class StopFlag: Sendable {
    private let number = Atomic<Int32>(0)

    public init() {}

    /// Safe in a signal handler. - Parameter reason: not 0; the first one stays.
    public func request(_ reason: Int32) { _ = number.compareExchange(expected: 0, desired: reason, ordering: .relaxed) }

    public var isRequested: Bool { number.load(ordering: .relaxed) != 0 }

    /// What was requested first; 0: nothing.
    public var reason: Int32 { number.load(ordering: .relaxed) }
}
