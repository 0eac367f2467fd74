#pragma once
// Working memory that callers borrow one at a time.
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace isnad {

/// For texts that are kept from call to call: gives back the memory of one that grew beyond any word, which every slot
/// of a long-lived buffer would else keep.
inline void keep_small(std::string& text) noexcept {
    constexpr std::size_t most = 4096;
    if (text.capacity() > most)
        std::string().swap(text);
}

/// Lends objects of T, as many as there are borrowers at once, and keeps them for the next: what one has grown to is
/// not allocated again. Any number of threads may borrow.
template <class T>
class pool {
public:
    class loan {
    public:
        loan(pool& from, std::unique_ptr<T> what) : from_(from), what_(std::move(what)) {}
        loan(const loan&) = delete;
        loan& operator=(const loan&) = delete;
        ~loan() { from_.take_back(std::move(what_)); }
        [[nodiscard]] T& operator*() const noexcept { return *what_; }

    private:
        pool& from_;
        std::unique_ptr<T> what_;
    };

    /// The pool must outlive the loan.
    [[nodiscard]] loan borrow() {
        std::unique_ptr<T> what;
        {
            const std::lock_guard hold(lock_);
            if (!idle_.empty()) {
                what = std::move(idle_.back());
                idle_.pop_back();
            } else {
                idle_.reserve(++lent_); // so that taking back never allocates
            }
        }
        if (!what)
            what = std::make_unique<T>();
        return loan(*this, std::move(what));
    }

private:
    void take_back(std::unique_ptr<T> what) noexcept {
        const std::lock_guard hold(lock_);
        idle_.push_back(std::move(what));
    }

    std::mutex lock_;
    std::vector<std::unique_ptr<T>> idle_;
    std::size_t lent_ = 0; ///< objects made so far
};

} // namespace isnad
