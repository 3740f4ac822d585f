/// A line search for a step that fulfils the strong Wolfe conditions: the loss falls by at least c1 of what the slope at the start promises, and at
/// most c2 of that slope is left, in size.
///
/// Source: Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6, with cubic interpolation; decisions as in PyTorch's `_strong_wolfe`
/// (torch/optim/lbfgs.py). A loss or slope that is not finite counts as infinitely high.
package struct LineSearch {
    /// What is known of a step length.
    package struct Point {
        package var length: Double
        /// The objective; infinite where it is no number.
        package var value: Double
        /// Its derivative along the direction.
        package var slope: Double
        /// The loss alone.
        package var loss: Double
        /// Which of the vectors holds the gradient; nil: that of the start.
        package var slot: Int?

        package init(length: Double, value: Double, slope: Double, loss: Double, slot: Int?) {
            self.length = length
            self.value = value
            self.slope = slope
            self.loss = loss
            self.slot = slot
        }
    }

    private let c1: Double
    private let c2: Double
    private let evaluationLimit: Int
    private let toleranceChange: Double

    /// - Parameters:
    ///   - evaluationLimit: evaluations after the first.
    ///   - toleranceChange: brackets in which no number moves by more than this are not divided further.
    package init(c1: Double, c2: Double, evaluationLimit: Int, toleranceChange: Double) {
        self.c1 = c1
        self.c2 = c2
        self.evaluationLimit = evaluationLimit
        self.toleranceChange = toleranceChange
    }

    /// - Parameters:
    ///   - start: length 0, of negative slope.
    ///   - firstLength: the step to try first.
    ///   - reach: the largest number of the direction.
    ///   - evaluate: gives the point of a length, its gradient in a slot; nil ends the search.
    /// - Returns: the best point found, which is the start if none is better; nil if `evaluate` ended it.
    package func run(from start: Point, firstLength: Double, reach: Double, evaluate: (_ length: Double, _ slot: Int) -> Point?) -> Point? {
        guard var new = evaluate(firstLength, 0) else { return nil }
        var previous = start
        var evaluations = 0
        var bracket: (low: Point, high: Point)?
        while evaluations < evaluationLimit {
            if isTooHigh(new, start) || (evaluations > 1 && new.value >= previous.value) {
                bracket = (previous, new)
                break
            }
            if isFlat(new, start) { return new }
            if new.slope >= 0 {
                bracket = (previous, new)
                break
            }
            let length = Self.minimum(of: previous, new, within: new.length + 0.01 * (new.length - previous.length)...new.length * 10)
            guard let next = evaluate(length, Self.free(previous, new)) else { return nil }
            previous = new
            new = next
            evaluations += 1
        }
        var (a, b) = bracket ?? (start, new)
        if a.value > b.value { swap(&a, &b) }
        return narrow(low: a, high: b, start, reach, evaluations, evaluate)
    }

    /// Divides a bracket, of whose ends `low` is the better.
    private func narrow(
        low: Point, high: Point, _ start: Point, _ reach: Double, _ done: Int, _ evaluate: (_ length: Double, _ slot: Int) -> Point?
    ) -> Point? {
        var (low, high, evaluations, isInsufficient) = (low, high, done, false)
        while evaluations < evaluationLimit {
            let (left, right) = (min(low.length, high.length), max(low.length, high.length))
            if (right - left) * reach < toleranceChange || right == left { break }
            var length =
                low.length <= high.length ? Self.minimum(of: low, high, within: left...right) : Self.minimum(of: high, low, within: left...right)
            // Too near to an end twice in a row, or at it: a tenth of the bracket away from it.
            let margin = 0.1 * (right - left)
            if min(right - length, length - left) < margin {
                if isInsufficient || length >= right || length <= left {
                    length = (length - right).magnitude < (length - left).magnitude ? right - margin : left + margin
                    isInsufficient = false
                } else {
                    isInsufficient = true
                }
            } else {
                isInsufficient = false
            }
            guard let new = evaluate(length, Self.free(low, high)) else { return nil }
            evaluations += 1
            if isTooHigh(new, start) || new.value >= low.value + Self.rounding(start) {
                high = new
                if low.value > high.value { swap(&low, &high) }
            } else {
                if isFlat(new, start) { return new }
                if new.slope * (high.length - low.length) >= 0 { high = low }
                low = new
            }
        }
        return low
    }

    private func isTooHigh(_ point: Point, _ start: Point) -> Bool {
        point.value > start.value + c1 * point.length * start.slope + Self.rounding(start)
    }

    /// What the rounding of a sum in Double may hide. At a minimum the values no longer tell which of two points is lower; their slopes still do.
    static func rounding(_ start: Point) -> Double { 4 * Double.ulpOfOne * start.value.magnitude }
    private func isFlat(_ point: Point, _ start: Point) -> Bool { point.slope.magnitude <= -c2 * start.slope }

    /// A slot that neither of two points needs.
    private static func free(_ a: Point, _ b: Point) -> Int {
        (0..<3).first { $0 != a.slot && $0 != b.slot } ?? 0
    }

    /// Where the cubic through two points with their slopes is least, within bounds; the middle where there is no such place.
    static func minimum(of a: Point, _ b: Point, within bounds: ClosedRange<Double>) -> Double {
        let middle = (bounds.lowerBound + bounds.upperBound) / 2
        guard a.value.isFinite, b.value.isFinite, a.slope.isFinite, b.slope.isFinite, a.length != b.length else { return middle }
        let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.length - b.length)
        let square = d1 * d1 - a.slope * b.slope
        guard square >= 0 else { return middle }
        let d2 = square.squareRoot()
        let place =
            a.length <= b.length
            ? b.length - (b.length - a.length) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
            : a.length - (a.length - b.length) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
        return place.isFinite ? min(max(place, bounds.lowerBound), bounds.upperBound) : middle
    }
}
