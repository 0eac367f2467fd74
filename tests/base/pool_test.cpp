#include "base/pool.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

namespace isnad {
namespace {

TEST(pool, keeps_what_was_given_back) {
    pool<int> lent;
    int* first = nullptr;
    {
        const auto one = lent.borrow();
        *one = 7;
        first = &*one;
    }
    const auto again = lent.borrow();
    EXPECT_EQ(&*again, first);
    EXPECT_EQ(*again, 7);
}

TEST(pool, lends_nothing_twice_at_once) {
    struct guarded {
        std::atomic<int> users = 0;
    };
    pool<guarded> lent;
    std::atomic<int> clashes = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 2000; ++i) {
                const auto one = lent.borrow();
                clashes += (*one).users++ != 0 ? 1 : 0;
                --(*one).users;
            }
        });
    for (std::thread& one : threads)
        one.join();
    EXPECT_EQ(clashes, 0);
}

} // namespace
} // namespace isnad
