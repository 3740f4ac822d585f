import IR
import KernelInterface
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The trained parameters of a plan, and their gradients, as vectors: each tensor in a stretch of its own (`LimitedMemory.stretch`), zeros between.
///
/// Numerics: vectors are of the plan's precision, sums are in Double, in the one order of lanes; nothing depends on threads. Nothing is allocated
/// after it is made.
public final class ParameterVectors {
    private struct Stretch {
        let parameter: UnsafeMutableRawPointer
        let gradient: UnsafeRawPointer
        /// Bytes from the start of a vector.
        let offset: Int
        let count: Int
    }
    private let executor: Executor
    private let stretches: [Stretch]
    private let byteCountOfScalar: Int
    /// Elements of a vector.
    public let count: Int
    public var byteCount: Int { count * byteCountOfScalar }

    /// - Parameter executor: of a plan that leaves its gradients.
    public init(_ executor: Executor) {
        let plan = executor.plan
        let scalar = plan.precision.byteCount
        var stretches: [Stretch] = []
        var count = 0
        for (parameter, gradient) in plan.gradients {
            let elements = plan[parameter].shape.elementsPerRow
            stretches.append(
                Stretch(
                    parameter: executor.pointer(parameter), gradient: UnsafeRawPointer(executor.pointer(gradient)), offset: count * scalar,
                    count: elements))
            count += LimitedMemory.stretch(elements)
        }
        self.executor = executor
        self.stretches = stretches
        self.count = count
        byteCountOfScalar = scalar
    }

    /// v = the parameters. What lies between stretches is not touched.
    public func takeParameters(into v: UnsafeMutableRawPointer) {
        for stretch in stretches { memcpy(v + stretch.offset, stretch.parameter, stretch.count * byteCountOfScalar) }
    }

    /// v = the gradients of the last run.
    public func takeGradients(into v: UnsafeMutableRawPointer) {
        for stretch in stretches { memcpy(v + stretch.offset, stretch.gradient, stretch.count * byteCountOfScalar) }
    }

    /// The parameters = v.
    public func setParameters(_ v: UnsafeRawPointer) {
        for stretch in stretches { memcpy(stretch.parameter, v + stretch.offset, stretch.count * byteCountOfScalar) }
    }

    /// The parameters = start + length * direction.
    public func setParameters(_ start: UnsafeRawPointer, plus length: Double, times direction: UnsafeRawPointer) {
        for stretch in stretches {
            executor.kernels.combination(
                stretch.parameter, 1, start + stretch.offset, length, direction + stretch.offset, 0, stretch.count)
        }
    }

    /// y = alpha a + beta b; y may be either.
    public func combine(_ y: UnsafeMutableRawPointer, _ alpha: Double, _ a: UnsafeRawPointer, _ beta: Double, _ b: UnsafeRawPointer) {
        executor.kernels.combination(y, alpha, a, beta, b, 0, count)
    }

    public func dot(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> Double { executor.dotProduct(a, b, count) }

    public func areFinite(_ v: UnsafeRawPointer) -> Bool { executor.areFinite(v, count) }

    /// The number of a vector that is farthest from 0. Precondition: all are finite.
    public func largestMagnitude(_ v: UnsafeRawPointer) -> Double {
        func largest<S: BinaryFloatingPoint>(_ numbers: UnsafePointer<S>) -> S {
            var largest: S = 0
            for index in 0..<count { largest = max(largest, numbers[index].magnitude) }
            return largest
        }
        return executor.plan.precision == .float32
            ? Double(largest(v.assumingMemoryBound(to: Float.self))) : largest(v.assumingMemoryBound(to: Double.self))
    }
}
