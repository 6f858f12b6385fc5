#ifndef CBUILDINFO_H
#define CBUILDINFO_H

/// The commit that this was built from, as the package manifest found it: never NULL.
const char *_Nonnull clusterbot_commit(void);

#endif
