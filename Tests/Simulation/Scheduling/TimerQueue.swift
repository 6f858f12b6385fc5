/// Something that happens at a moment, unless it is called off before.
final class SimulatedTimer {
    /// Microseconds of simulated uptime.
    let due: Int
    fileprivate let number: Int
    private var action: (() -> Void)?

    fileprivate init(due: Int, number: Int, action: @escaping () -> Void) {
        self.due = due
        self.number = number
        self.action = action
    }

    var isCalledOff: Bool { action == nil }

    func callOff() { action = nil }

    func fire() {
        let action = action
        callOff()
        action?()
    }

    fileprivate static func < (left: SimulatedTimer, right: SimulatedTimer) -> Bool {
        (left.due, left.number) < (right.due, right.number)
    }
}

/// Timers by time; those of the same moment in the order in which they were set. A binary heap.
struct TimerQueue {
    private var heap: [SimulatedTimer] = []
    private var lastNumber = 0

    mutating func add(due: Int, _ action: @escaping () -> Void) -> SimulatedTimer {
        lastNumber += 1
        let timer = SimulatedTimer(due: due, number: lastNumber, action: action)
        heap.append(timer)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
        return timer
    }

    /// The moment of the next timer.
    mutating func nextDue() -> Int? {
        while let first = heap.first, first.isCalledOff { removeFirst() }
        return heap.first?.due
    }

    /// Takes the next timer out if it is due by then.
    mutating func next(dueBy moment: Int) -> SimulatedTimer? {
        guard let due = nextDue(), due <= moment else { return nil }
        return removeFirst()
    }

    @discardableResult
    private mutating func removeFirst() -> SimulatedTimer {
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
